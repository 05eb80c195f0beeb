using System.Text.Json;

namespace ResumableDownload.WebDemo.Downloading;

/// <summary>The settings, as they were when the app ended. Thread-safe.</summary>
internal sealed class SettingsFile(string path)
{
    private static readonly Settings Usual = new(BytesPerSecond: null, AtATime: 3);

    private readonly Lock _gate = new();

    /// <summary>What was written last; the usual ones when that was never, or makes no sense.</summary>
    public Settings Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), PageJson.Default.Settings) is { IsPossible: true } settings ? settings : Usual;
        }
        catch (Exception exception) when (exception is FileNotFoundException or JsonException)
        {
            return Usual;
        }
    }

    /// <summary>Replaces them in one step: a kill leaves the old ones or the new ones.</summary>
    public void Write(Settings settings)
    {
        lock (_gate)
        {
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(settings, PageJson.Default.Settings));
            File.Move(path + ".new", path, overwrite: true);
        }
    }
}
