using System.CommandLine;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>An option that takes one of a few words, each of which means a value. The first is the default.</summary>
internal sealed class ChoiceOption<T> : Option<string>
{
    private readonly (string Word, T Value)[] _choices;

    public ChoiceOption(string name, string description, params (string Word, T Value)[] choices)
        : base(name)
    {
        _choices = choices;
        var words = Array.ConvertAll(choices, WordOf);
        HelpName = string.Join('|', words);
        Description = description;
        DefaultValueFactory = _ => words[0];
        this.AcceptOnlyFromAmong(words);
    }

    public T ValueIn(ParseResult parsed) => Array.Find(_choices, choice => choice.Word == parsed.GetValue(this)).Value;

    private static string WordOf((string Word, T Value) choice) => choice.Word;
}
