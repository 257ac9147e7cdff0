namespace Moat.Isms.Kernel;

/// <summary>Which kinds of records teach: what was done, found, decided or heard (clause 10).</summary>
public static class Teachers
{
    /// <summary>The prefixes of their references.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    ["ACT", "IMP", "LES", "FIND", "MREV", "INC", "NEWS", "NC", "RUN", "CHG"];

    /// <summary>Whether something can be learned from this record.</summary>
    public static bool Teach(Referenced cause) => Kinds.Contains(RecordKind.Of(cause.GetType()).Prefix);
}

/// <summary>
/// Keeps, from the side of a record that changed, what it learned from: the lesson, the action or the news that asked
/// for it. Used inside the operations that change risks, documents and training.
/// </summary>
public interface ILearnedChanges
{
    /// <summary>
    /// A record changed because of another. When that one is an action, an improvement or a change, it altered the
    /// record.
    /// </summary>
    Task Because(Referenced changed, Referenced cause, string meaning, CancellationToken ct);

    /// <summary>
    /// A risk was assessed again, or a document was revised or looked at: what threat news asked for is done.
    /// </summary>
    Task Answered(Referenced record, bool changed, CancellationToken ct);
}
