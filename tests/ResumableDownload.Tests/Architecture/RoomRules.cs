using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>Which room may name which. A text scan is enough, because namespaces follow rooms; where public types do not, their names are looked for.</summary>
internal static partial class RoomRules
{
    public static readonly Dictionary<string, int> Floors = new()
    {
        ["Model"] = 0,
        ["Protocol"] = 1,
        ["Planning"] = 1,
        ["Integrity"] = 1,
        ["Naming"] = 1,
        ["Transport"] = 2,
        ["Storage"] = 2,
        ["Transfer"] = 3,
        ["."] = 4,
        ["Management"] = 5,
        ["Hosting"] = 6,
    };

    private static readonly Regex RoomNames = new(
        $@"(?:\bResumableDownload\s*\.\s*|(?<!\w|\.\s*))(?<room>{string.Join('|', Floors.Keys.Where(static room => room != "."))})\s*(?=[.;])");

    /// <summary>What a file names that its room must not, each as a sentence.</summary>
    public static IEnumerable<string> FaultsOf(SourceFile file, IReadOnlyDictionary<string, string> roomOfType)
    {
        if (!Floors.TryGetValue(file.Room, out var floor))
        {
            yield return $"{file.Path} is in a room that has no floor";
            yield break;
        }

        var body = OwnNamespace().Replace(file.Code, "");
        foreach (var room in RoomNames.Matches(body).Select(static match => match.Groups["room"].Value).Distinct().Where(room => IsClosed(file.Room, floor, room)))
        {
            yield return $"{file.Path} names the room {room}";
        }

        foreach (var (type, room) in TypesNamed(body, roomOfType).Where(named => IsClosed(file.Room, floor, named.Room)))
        {
            yield return $"{file.Path} names {type} of the room {room}";
        }
    }

    /// <summary>The types that files declare, and the room of each.</summary>
    public static Dictionary<string, string> RoomOfType(IEnumerable<SourceFile> files) => files
        .SelectMany(static file => Declarations().Matches(file.Code).Select(match => (Name: match.Groups["name"].Value, file.Room)))
        .DistinctBy(static declared => declared.Name)
        .ToDictionary(static declared => declared.Name, static declared => declared.Room);

    private static bool IsClosed(string from, int floor, string room) => room != from && Floors[room] >= floor;

    private static IEnumerable<(string Name, string Room)> TypesNamed(string code, IReadOnlyDictionary<string, string> roomOfType) => Mentions()
        .Matches(code)
        .Select(static match => match.Value)
        .Distinct()
        .Where(roomOfType.ContainsKey)
        .Select(name => (name, roomOfType[name]));

    [GeneratedRegex(@"^\s*namespace [\w.]+;", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();

    // At the line's beginning: a nested type belongs to its file, and is named through it.
    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|enum|record)\s+(?!class\b|struct\b|where\b)(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex Declarations();

    // A name after a dot is a member, and so is one that a property, an enum or an initialiser gives.
    [GeneratedRegex(@"(?<![\w.@])[A-Z]\w*(?![\w])(?!\s*(?:\{\s*(?:get|init|set)\b|=|,\s*$|:(?!:)))", RegexOptions.Multiline)]
    private static partial Regex Mentions();
}
