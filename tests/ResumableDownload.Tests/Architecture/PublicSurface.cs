using System.Reflection;
using System.Runtime.CompilerServices;

namespace ResumableDownload.Tests.Architecture;

/// <summary>What users of the library can name, as text.</summary>
internal static class PublicSurface
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly library) => string.Join(
        "\n",
        library.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal).Select(TypeText)).TrimEnd() + "\n";

    private static string TypeText(Type type)
    {
        var members = type.IsEnum
            ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}")
            : type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(static member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
                .Select(Text)
                .OfType<string>()
                .Order(StringComparer.Ordinal);
        return $"{Kind(type)} {type.FullName}{Bases(type)}\n" + string.Concat(members.Select(static member => $"    {member}\n"));
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => IsRecord(type) ? "sealed record" : "sealed class",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static string Bases(Type type)
    {
        var direct = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(one => !(IsRecord(type) && one.Name.StartsWith("IEquatable", StringComparison.Ordinal)));
        var named = new[] { type.BaseType }.Where(one => one is not null && one != typeof(object) && !type.IsValueType && !type.IsEnum).Concat(type.IsEnum ? [] : direct);
        var bases = string.Join(", ", named.Select(static one => Name(one!)));
        return bases.Length == 0 ? "" : " : " + bases;
    }

    private static string? Text(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => PropertyText(property),
        EventInfo @event => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
        FieldInfo field => $"field {Name(field.FieldType)} {field.Name}",
        MethodInfo { IsSpecialName: true } => null,
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})",
        _ => member.ToString(),
    };

    private static string PropertyText(PropertyInfo property)
    {
        var setter = property.SetMethod is not { IsPublic: true } set ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
        return $"{required}{Name(property.PropertyType, Nullability.Create(property))} {property.Name} {{ get;{setter} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        (parameter.Member.IsDefined(typeof(ExtensionAttribute)) && parameter.Position == 0 ? "this " : "")
        + $"{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")));

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        var arguments = type.GetGenericArguments().Select((argument, at) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(at)));
        var name = type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>" : type.Name;
        return name + (!type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "");
    }
}
