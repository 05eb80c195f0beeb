using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ResumableDownload.Model;

/// <summary>The range of an option, both ends included. Its message tells the value, which <see cref="RangeAttribute"/>'s cannot.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute : ValidationAttribute
{
    public WithinAttribute(long least, long most) => (Least, Most) = (least, most);

    /// <summary>Initializes a new instance of the <see cref="WithinAttribute"/> class for times, as .NET writes them.</summary>
    public WithinAttribute(string least, string most) => (Least, Most) = (TimeSpan.Parse(least, CultureInfo.InvariantCulture), TimeSpan.Parse(most, CultureInfo.InvariantCulture));

    public IComparable Least { get; }

    public IComparable Most { get; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        IComparable? given = value is int number ? (long)number : value as IComparable;
        return given is null || (given.CompareTo(Least) >= 0 && given.CompareTo(Most) <= 0)
            ? ValidationResult.Success
            : new(string.Create(CultureInfo.InvariantCulture, $"{validationContext.MemberName} ({given}) is not between {Least} and {Most}"));
    }
}
