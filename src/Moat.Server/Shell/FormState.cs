using Moat.Isms.Kernel;
using Moat.Server.Auth;

namespace Moat.Server.Shell;

/// <summary>
/// What a form's fields show after a refused post: the values that were sent and what is wrong with each. Each state is
/// an object of its own, because a field is only drawn again when the state it is given is another one.
/// </summary>
public sealed record FormState
{
    /// <summary>Whether the form was posted in this request.</summary>
    public bool Posted { get; init; }

    /// <summary>What the form's operation wants, from which its fields know their limits.</summary>
    public Type? Input { get; init; }

    /// <summary>The posted values by field.</summary>
    public ILookup<string, string> Values { get; init; } =
        Array.Empty<(string, string)>().ToLookup(x => x.Item1, x => x.Item2);

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What is wrong as a whole.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the form says at which version its record was read.</summary>
    public bool Versioned { get; init; }

    /// <summary>Somebody else changed the record while the form was open.</summary>
    public Conflict? Conflict { get; init; }

    /// <summary>The state of a posted form; a password is never written back into a page.</summary>
    public static FormState Of(IFormCollection form, Type? input = null) =>
        new()
        {
            Input = input,
            Posted = true,
            Values = form.Where(f => !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
                .SelectMany(f => f.Value, (f, v) => (f.Key, Value: v ?? ""))
                .ToLookup(x => x.Key, x => x.Value),
        };

    /// <summary>The state of a form that is given back.</summary>
    internal static FormState Of(GivenForm given) => Of(given.Form) with { Message = given.Says };

    /// <summary>
    /// What a field shows: the posted value, or the one that the page shows first. After a conflict, a field that was
    /// left as it was read shows what stands now, so that sending the form again does not undo the other's change.
    /// </summary>
    public string? Value(string field, string? initial) =>
        Posted && !TookOver(field, initial) ? Values[field].LastOrDefault() : initial;

    /// <summary>Whether a field was left alone here and changed by somebody else.</summary>
    public bool TookOver(string field, string? now) =>
        Conflict is not null && !Written(field) && ReadMark.Of(now) != Read(field);

    /// <summary>Whether a field was written here and, otherwise, by somebody else.</summary>
    public bool Collides(string field, string? now) =>
        Conflict is not null
        && Written(field)
        && ReadMark.Of(now) != Read(field)
        && ReadMark.Of(now) != ReadMark.Of(Values[field].LastOrDefault());

    /// <summary>The mark of the value with which the form began.</summary>
    public string Read(string field) => Values[ReadMark.Name(field)].LastOrDefault() ?? ReadMark.Of(null);

    private bool Written(string field) => ReadMark.Of(Values[field].LastOrDefault()) != Read(field);

    /// <summary>The fewest and the most characters that a text field takes.</summary>
    public (int? Fewest, int? Most) Lengths(string field) =>
        Input is null ? (null, null) : InputRules.Lengths(Input, field);

    /// <summary>What is wrong with a field.</summary>
    public string? Error(string field) =>
        Errors
            .FirstOrDefault(e =>
                e.Field.Equals(field, StringComparison.OrdinalIgnoreCase)
                || e.Field.StartsWith(field + "[", StringComparison.OrdinalIgnoreCase)
                || e.Field.StartsWith(field + ".", StringComparison.OrdinalIgnoreCase)
            )
            ?.Message;
}
