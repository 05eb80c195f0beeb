using System.Runtime.InteropServices;

namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>Turns the first Ctrl+C or termination signal into a cancellation. The second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _signals;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            // Nothing is lost at the second one either: the journal is good at every moment. So the system may do what it always does.
            ShowCursor();
            return;
        }

        context.Cancel = true;
        _source.Cancel();
    }

    // The progress bar hid it, and has no time left to show it again.
    private static void ShowCursor()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\e[?25h");
        }
    }
}
