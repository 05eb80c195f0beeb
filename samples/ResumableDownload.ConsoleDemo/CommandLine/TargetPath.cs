using System.Globalization;
using System.Text;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>Where the file goes: the path that was given, or in a folder the last part of the URL's path, made safe.</summary>
internal static class TargetPath
{
    // Not the system's own list: a name that is safe here should be safe where the folder is shared to.
    private const string Forbidden = "/\\:*?\"<>|";

    // File names end at 255 bytes almost everywhere, and the names beside this one are longer.
    private const int MaxBytes = 200;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];

    private static readonly string[] NumberedDevices = ["COM", "LPT"];

    public static string Of(Uri source, string? output) => output switch
    {
        null => NameFrom(source),
        _ when Path.EndsInDirectorySeparator(output) || Directory.Exists(output) => Path.Combine(output, NameFrom(source)),
        _ => output,
    };

    public static string NameFrom(Uri source)
    {
        var name = Uri.UnescapeDataString(source.AbsolutePath[(source.AbsolutePath.LastIndexOf('/') + 1)..]);
        var safe = Shortened(string.Concat(name.Where(IsVisible).Select(sign => Forbidden.Contains(sign) ? '_' : sign)));

        // Windows drops dots and spaces at the end, and opens a device whatever follows its name.
        safe = safe.TrimEnd('.', ' ').TrimStart(' ');
        return safe.Length == 0 ? "download" : IsDevice(safe) ? "_" + safe : safe;
    }

    // Format characters turn the order of letters around, so that a name reads as another one.
    private static bool IsVisible(char sign) =>
        char.GetUnicodeCategory(sign)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsDevice(string name) => IsDeviceStem(name.Split('.')[0]);

    private static bool IsDeviceStem(string stem) =>
        Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
        || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && NumberedDevices.Contains(stem[..3], StringComparer.OrdinalIgnoreCase));

    private static string Shortened(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var extension = Path.GetExtension(name) is { Length: <= 16 } kept ? kept : "";
        var stem = new StringBuilder();
        var left = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        foreach (var rune in name[..^extension.Length].EnumerateRunes().TakeWhile(rune => (left -= rune.Utf8SequenceLength) >= 0))
        {
            stem.Append(rune.ToString());
        }

        return stem.Append(extension).ToString();
    }
}
