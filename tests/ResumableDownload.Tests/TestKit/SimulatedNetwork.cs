using ResumableDownload.Management;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A machine's network that a test plugs in and out, and who listens to it.</summary>
internal sealed class SimulatedNetwork
{
    private readonly List<Action> _listeners = [];

    public SimulatedNetwork() => Source = new(Look, Listen);

    public NetworkSource Source { get; }

    /// <summary>Its address; empty when it is unplugged.</summary>
    public string Address { get; set; } = "192.0.2.1";

    /// <summary>What the platform says to every question.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Called after each look, which did not see what this does.</summary>
    public Action? AfterLook { get; set; }

    /// <summary>How often it was looked at.</summary>
    public int Looks { get; private set; }

    public int Listeners => _listeners.Count;

    /// <summary>Raises so many events at once.</summary>
    public void Raise(int events = 1)
    {
        for (var number = 0; number < events; number++)
        {
            Inline.Run(() => _listeners.ForEach(static listener => listener()));
        }
    }

    private string Look()
    {
        Looks++;
        var seen = Fault is null ? Address : throw Fault;
        AfterLook?.Invoke();
        return seen;
    }

    private Listening Listen(Action changed)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        _listeners.Add(changed);
        return new(() => _listeners.Remove(changed));
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
