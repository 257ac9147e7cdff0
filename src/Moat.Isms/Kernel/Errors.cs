namespace Moat.Isms.Kernel;

/// <summary>Everything Moat refuses, in one family. Each has a stable code that doors map once.</summary>
public abstract class Refusal(string code, string message) : Exception(message)
{
    /// <summary>Stable identifier of the kind of refusal; part of the public interface.</summary>
    public string Code { get; } = code;
}

/// <summary>
/// One thing that is wrong with one field of an input; <c>Field</c> is a JSON path such as <c>rows[3].owner</c>.
/// </summary>
public sealed record FieldError(string Field, string Message);

/// <summary>The input does not have the form that the operation asks for. Nothing was stored.</summary>
public sealed class InputInvalid(IReadOnlyList<FieldError> errors)
    : Refusal("input-invalid", string.Join(" ", errors.Select(e => $"{e.Field}: {e.Message}")))
{
    /// <summary>An input with one wrong field.</summary>
    public InputInvalid(string field, string message)
        : this([new FieldError(field, message)]) { }

    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = errors;
}

/// <summary>
/// A rule of the ISMS forbids it; the rule's id is stable and the message is for the person who tried.
/// </summary>
public sealed class RuleBroken(string ruleId, string message, IReadOnlyList<FieldError>? details = null)
    : Refusal("rule-broken", message)
{
    /// <summary>Which rule, such as <c>risk.accept.owner</c>.</summary>
    public string RuleId { get; } = ruleId;

    /// <summary>Where the rule is broken, when it is in more than one place.</summary>
    public IReadOnlyList<FieldError> Details { get; } = details ?? [];
}

/// <summary>No such record here. Another organisation's record looks the same as none.</summary>
public sealed class NotFound(string what, string? because = null)
    : Refusal("not-found", because ?? $"There is no {what} here.")
{
    /// <summary>What was looked for, as it was named.</summary>
    public string What { get; } = what;
}

/// <summary>The caller's role does not allow the operation.</summary>
public sealed class Forbidden(string operation)
    : Refusal("forbidden", $"Your role does not allow '{operation}'. Ask an ISMS manager of your organisation.");

/// <summary>Somebody else changed the record since it was read.</summary>
public sealed class Conflict(string reference, int theirs, string changedBy, DateTime changedAt)
    : Refusal(
        "conflict",
        $"{reference} was changed by {changedBy} at {changedAt:yyyy-MM-dd HH:mm} UTC. Look at the new state and try again."
    )
{
    /// <summary>The version that is stored now.</summary>
    public int Theirs { get; } = theirs;

    /// <summary>Who made it.</summary>
    public string ChangedBy { get; } = changedBy;

    /// <summary>When it was made.</summary>
    public DateTime ChangedAt { get; } = changedAt;
}

/// <summary>Something outside Moat that the operation needs is not there.</summary>
public sealed class Unavailable(string message) : Refusal("unavailable", message);
