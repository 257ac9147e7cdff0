using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>What a form's fields show after a refused post: the values that were sent and what is wrong with each.</summary>
public sealed class FormState
{
    /// <summary>Whether the form was posted in this request.</summary>
    public bool Posted { get; set; }

    /// <summary>The posted values by field.</summary>
    public ILookup<string, string> Values { get; set; } = Array.Empty<(string, string)>().ToLookup(x => x.Item1, x => x.Item2);

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldError> Errors { get; set; } = [];

    /// <summary>What is wrong as a whole.</summary>
    public string? Message { get; set; }

    /// <summary>The posted value, or the one that the page shows first.</summary>
    public string? Value(string field, string? initial) => Posted ? Values[field].LastOrDefault() : initial;

    /// <summary>What is wrong with a field.</summary>
    public string? Error(string field) => Errors.FirstOrDefault(e => e.Field.Equals(field, StringComparison.OrdinalIgnoreCase)
        || e.Field.StartsWith(field + "[", StringComparison.OrdinalIgnoreCase) || e.Field.StartsWith(field + ".", StringComparison.OrdinalIgnoreCase))?.Message;
}
