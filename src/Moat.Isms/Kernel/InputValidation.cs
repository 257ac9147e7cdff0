using System.Collections;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Kernel;

/// <summary>
/// Checks the attributes of an input and of everything in it. It runs in the session, for all doors: validation by the
/// web framework is skipped for generically mapped endpoints and so fails open.
/// </summary>
public static class InputValidation
{
    private const int MostListItems = 20_000;

    /// <summary>Throws <see cref="InputInvalid"/> with every wrong field.</summary>
    public static void Check(object input)
    {
        var errors = new List<FieldError>();
        Walk(input, "", errors);
        if (errors.Count > 0)
            throw new InputInvalid(errors);
    }

    private static void Walk(object value, string path, List<FieldError> errors)
    {
        foreach (var field in InputRules.Of(value.GetType()))
        {
            var child = field.Property.GetValue(value);
            var name = Join(path, field.Name);
            if (InputRules.Wrong(field, child, value) is { } wrong)
                errors.Add(new FieldError(name, wrong));
            if (child is string text && GivenText.Wrong(text) is { } broken)
                errors.Add(new FieldError(name, broken));
            if (child is Guid g && g == Guid.Empty)
                errors.Add(new FieldError(name, "This is needed."));
            else if (InputDates.Outside(child))
                errors.Add(new FieldError(name, InputDates.Bound));
            else if (child is IEnumerable list and not (string or byte[]))
                WalkList(list, name, errors);
            else if (child is not null && IsInput(child.GetType()))
                Walk(child, name, errors);
        }
    }

    private static void WalkList(IEnumerable list, string path, List<FieldError> errors)
    {
        var index = 0;
        foreach (var item in list)
        {
            if (index >= MostListItems)
            {
                errors.Add(new FieldError(path, $"At most {MostListItems:N0} entries at once."));
                return;
            }
            if (item is string text && GivenText.Wrong(text) is { } broken)
                errors.Add(new FieldError($"{path}[{index}]", broken));
            else if (item is string { Length: > 4000 })
                errors.Add(new FieldError($"{path}[{index}]", "At most 4,000 characters."));
            else if (InputDates.Outside(item))
                errors.Add(new FieldError($"{path}[{index}]", InputDates.Bound));
            else if (item is not null && IsInput(item.GetType()))
                Walk(item, $"{path}[{index}]", errors);
            index++;
        }
    }

    private static bool IsInput(Type type) =>
        type.IsClass && type.Namespace?.StartsWith("Moat.", StringComparison.Ordinal) == true;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
