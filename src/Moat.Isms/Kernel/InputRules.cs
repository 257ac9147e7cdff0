using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel;

/// <summary>
/// What the attributes of an input's fields ask for, read once for each kind of input, and how it is said to people.
/// </summary>
public static class InputRules
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<InputField>> Known = new();

    /// <summary>The fields of an input.</summary>
    public static IReadOnlyList<InputField> Of(Type input) =>
        Known.GetOrAdd(
            input,
            static type =>
                [
                    .. type.GetProperties()
                        .Where(p => p.GetIndexParameters().Length == 0)
                        .Select(p => new InputField(
                            p,
                            JsonNamingPolicy.CamelCase.ConvertName(p.Name),
                            [.. p.GetCustomAttributes<ValidationAttribute>()]
                        )),
                ]
        );

    /// <summary>The fewest and the most characters of a text field; null where there is no such limit.</summary>
    public static (int? Fewest, int? Most) Lengths(Type input, string field)
    {
        var rules =
            Of(input).FirstOrDefault(f => f.Name == field && f.Property.PropertyType == typeof(string))?.Rules ?? [];
        return (
            rules.OfType<MinLengthAttribute>().FirstOrDefault()?.Length,
            rules.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length
        );
    }

    /// <summary>What is wrong with a value, or null.</summary>
    internal static string? Wrong(InputField field, object? value, object input)
    {
        var context = new ValidationContext(input) { MemberName = field.Property.Name };
        return field.Rules.FirstOrDefault(r => !Holds(r, value, context)) is { } broken ? Say(broken, value) : null;
    }

    // The framework's rule for forms of text lets every empty text pass, whatever its form is.
    private static bool Holds(ValidationAttribute rule, object? value, ValidationContext context) =>
        (rule, value) is (RegularExpressionAttribute form, "")
            ? Regex.Match("", form.Pattern) is { Success: true, Length: 0 }
            : rule.GetValidationResult(value, context) == ValidationResult.Success;

    private static string Say(ValidationAttribute rule, object? value) =>
        rule switch
        {
            { ErrorMessage: { } own } => own,
            MinLengthAttribute least => Amount("At least", least.Length, value),
            MaxLengthAttribute most => Amount("At most", most.Length, value),
            RangeAttribute range => string.Create(
                CultureInfo.InvariantCulture,
                $"From {range.Minimum:#,0.##} to {range.Maximum:#,0.##}."
            ),
            EmailAddressAttribute => "This is not an e-mail address.",
            RequiredAttribute => "This is needed.",
            _ => "This value does not fit the field.",
        };

    private static string Amount(string bound, int count, object? value)
    {
        var unit = value switch
        {
            byte[] => "byte",
            string => "character",
            IEnumerable => "entry",
            _ => "character",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bound} {count:N0} {(count == 1 ? unit : Several(unit))}."
        );
    }

    private static string Several(string unit) => unit.EndsWith('y') ? $"{unit[..^1]}ies" : $"{unit}s";
}

/// <summary>A field of an input with the rules of its attributes.</summary>
/// <param name="Property">Where its value is.</param>
/// <param name="Name">What it is called at the doors.</param>
/// <param name="Rules">What its attributes ask for.</param>
public sealed record InputField(PropertyInfo Property, string Name, IReadOnlyList<ValidationAttribute> Rules);
