using System.ComponentModel.DataAnnotations;

namespace ResumableDownload.Model;

/// <summary>The option has one of the values that its enumeration names.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownValueAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is Enum known && Enum.IsDefined(known.GetType(), known) ? ValidationResult.Success : new($"{validationContext.MemberName} ({value}) is no known value");
}
