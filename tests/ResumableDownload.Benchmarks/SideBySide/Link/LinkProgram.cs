namespace ResumableDownload.Benchmarks.SideBySide.Link;

/// <summary>The process that is a link, started within the server's namespace: tc's netem is not in every kernel, and a TUN device is.</summary>
internal static class LinkProgram
{
    public const string Server = "server0";
    public const string Client = "client0";

    private const int Seed = 4;

    /// <summary>Carries packets until standard input ends; answers each line with the counts.</summary>
    public static int Run(string[] words)
    {
        var traits = LinkTraits.From(words);
        using var server = new TunDevice(Server, traits.IsGathered);
        using var client = new TunDevice(Client, traits.IsGathered);
        var down = new DelayLine(server, client, traits, new Random(Seed));
        _ = new DelayLine(client, server, traits, null);
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            Console.WriteLine(down.Counts);
        }

        return 0;
    }
}
