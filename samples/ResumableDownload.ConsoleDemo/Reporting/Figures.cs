using System.Globalization;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    public static string Seconds(double seconds) => seconds.ToString(seconds < 10 ? "F1" : "F0", CultureInfo.InvariantCulture) + " s";

    public static string Clock(TimeSpan time) => time.TotalHours < 1
        ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : ((long)time.TotalHours).ToString(CultureInfo.InvariantCulture) + time.ToString(@"\:mm\:ss", CultureInfo.InvariantCulture);

    public static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>A digest and who told it, without its value.</summary>
    public static string Proof(DigestProof proof) => $"{proof.Digest.ToString().Split(':')[0]} ({proof.Source})";

    /// <summary>One line on how far a download has come.</summary>
    public static string Line(DownloadProgress progress) => progress.Verified is { } verified
        ? $"checking the digest: {Amount(verified, progress.Total)}"
        : Amount(progress.Received, progress.Total) + $", {Bytes(progress.BytesPerSecond)}/s"
            + (progress.TimeLeft is { } left ? $", {Clock(left)} left" : "")
            + (progress.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $", attempt {progress.Attempt}") : "");

    private static string Amount(long bytes, long? whole) => whole switch
    {
        null => Bytes(bytes),
        0 => Bytes(0),
        { } total => string.Create(CultureInfo.InvariantCulture, $"{Bytes(bytes)} of {Bytes(total)} ({100 * bytes / total} %)"),
    };
}
