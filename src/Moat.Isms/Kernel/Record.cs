using System.Reflection;

namespace Moat.Isms.Kernel;

/// <summary>
/// Anything the ISMS keeps. Only <see cref="IsmsSession"/> can save one, and each save is journalled.
/// </summary>
public abstract class Record
{
    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; internal set; }

    /// <summary>Time-ordered id (UUID version 7).</summary>
    public Guid Id { get; internal set; }

    /// <summary>Counts changes from 1; the concurrency token.</summary>
    public int Version { get; internal set; }

    /// <summary>When it was entered.</summary>
    public DateTime CreatedAt { get; internal set; }

    /// <summary>When it last changed.</summary>
    public DateTime ChangedAt { get; internal set; }

    /// <summary>Who changed it last.</summary>
    public string ChangedBy { get; internal set; } = "";
}

/// <summary>A record that people call by a short reference such as <c>RISK-12</c>.</summary>
public abstract class Referenced : Record
{
    /// <summary>The number in the reference; counts per organisation and kind.</summary>
    public int Number { get; internal set; }

    /// <summary>The short reference.</summary>
    public string Ref => $"{RecordKind.Of(GetType()).Prefix}-{Number}";

    /// <summary>What the record is called in lists and threads.</summary>
    public abstract string Caption { get; }

    /// <summary>Folded words for search; kept by the save gate because databases fold case differently.</summary>
    public string Search { get; internal set; } = "";

    // Verification compares the stored words with these: whoever changes what a kind answers draws the stored ones
    // again.
    /// <summary>The words by which a person finds the record.</summary>
    protected internal virtual string SearchWords => Caption;
}

/// <summary>Where a drafted record stands: nothing is real before a person adopts it.</summary>
public enum Standing
{
    /// <summary>Drafted by Moat; counts for nothing yet.</summary>
    Proposed,

    /// <summary>A person made it part of the ISMS.</summary>
    Adopted,

    /// <summary>A person decided against it.</summary>
    Rejected,

    /// <summary>A person took it out of its register, for a reason; it stays readable.</summary>
    Retired,
}

/// <summary>A record that Moat may draft and a person adopts, edits or rejects.</summary>
public abstract class Proposable : Referenced
{
    /// <summary>Proposed, adopted or rejected.</summary>
    public Standing Standing { get; private set; } = Standing.Adopted;

    /// <summary>Why Moat proposed it; null when a person entered it.</summary>
    public string? WhyProposed { get; private set; }

    /// <summary>
    /// Where the proposal comes from, such as <c>threat:weight-exfiltration</c>; the same source is proposed once.
    /// </summary>
    public string? Source { get; private set; }

    /// <summary>
    /// The answers of the interview that it was drafted from, such as <c>models=fine-tuned</c>, or the asset, such as
    /// <c>AST-3</c>; <c>always</c> for what every company has.
    /// </summary>
    [AddedLater("\"[]\"")]
    public List<string> DraftedFrom { get; private set; } = [];

    /// <summary>Marks a drafted record.</summary>
    /// <param name="why">Why it is proposed, in a sentence.</param>
    /// <param name="source">Names the proposal, so that it is made once.</param>
    /// <param name="from">The answers and assets it rests on.</param>
    public void Propose(string why, string source, params IEnumerable<string> from)
    {
        Standing = Standing.Proposed;
        WhyProposed = why;
        Source = source;
        DraftedFrom = [.. from.Distinct()];
    }

    /// <summary>Remembers where an entered record came from, such as a row of an import.</summary>
    public void From(string source) => Source = source;

    /// <summary>Makes it part of the ISMS.</summary>
    public void Adopt()
    {
        MustNotBeRetired();
        Standing = Standing.Adopted;
    }

    /// <summary>Takes it out of its register; what happened with it stays.</summary>
    internal void Retire()
    {
        if (Standing != Standing.Adopted)
            throw new RuleBroken("record.retire.adopted", $"{Ref} is not in the register: it is {Standing.Words()}.");
        Standing = Standing.Retired;
    }

    /// <summary>Takes it into its register again.</summary>
    internal void Reopen()
    {
        if (Standing != Standing.Retired)
            throw new RuleBroken("record.reopen.retired", $"{Ref} is not retired.");
        Standing = Standing.Adopted;
    }

    /// <summary>
    /// Throws <see cref="RuleBroken"/> for a record that was taken out of its register: it is read, not changed.
    /// </summary>
    internal void MustNotBeRetired()
    {
        if (Standing == Standing.Retired)
            throw new RuleBroken("record.retired", $"{Ref} is retired. Reopen it before you change it.");
    }

    /// <summary>Decides against a proposal. What was adopted cannot be rejected any more.</summary>
    public void Reject()
    {
        MustNotBeRetired();
        if (Standing == Standing.Adopted)
            throw new RuleBroken(
                "draft.reject.adopted",
                $"{Ref} is already adopted. Withdraw or change it in its register."
            );
        Standing = Standing.Rejected;
    }
}

/// <summary>Names a kind of record: the prefix of its references and the page it lives on.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecordKindAttribute(string prefix, string process) : Attribute
{
    /// <summary>Prefix of references, such as RISK.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>The process it belongs to, which is also its URL segment.</summary>
    public string Process { get; } = process;

    /// <summary>
    /// Where its page is, below the organisation: <c>{ref}</c> stands for the reference and <c>{code}</c> for the code
    /// that its title begins with. Null for a record that is shown on the list of its process.
    /// </summary>
    public string? Page { get; init; }

    /// <summary>Whether it is a part of another record, through which it is found.</summary>
    public bool PartOfAnother { get; init; }

    /// <summary>
    /// What one is called where many of them hang on a record and are only counted; null where each is shown.
    /// </summary>
    public string? One { get; init; }

    /// <summary>What many are called.</summary>
    public string? Many { get; init; }

    /// <summary>
    /// The clauses that records of the kind show at work, such as <c>6.1.2/2 8.2</c>: behind the slash stands at which
    /// place an auditor opens them, where others come first.
    /// </summary>
    public string Shows { get; init; } = "";

    /// <summary>
    /// Whether everybody makes them in the course of a working day, so that owning or making one is not doing the work
    /// of the clause.
    /// </summary>
    public bool Everyones { get; init; }

    /// <summary>In which column of a drawn thread they stand.</summary>
    public ThreadColumn Column { get; init; }
}

/// <summary>All kinds of records that have references.</summary>
public sealed record RecordKind(RecordKindAttribute Declared, Type Type)
{
    private static readonly Dictionary<Type, RecordKind> ByType = IsmsAssemblies
        .Classes.Select(t => (Type: t, Kind: t.GetCustomAttribute<RecordKindAttribute>()))
        .Where(x => x.Kind is not null)
        .ToDictionary(x => x.Type, x => new RecordKind(x.Kind!, x.Type));

    private static readonly Dictionary<string, RecordKind> ByPrefix = ByType.Values.ToDictionary(
        k => k.Prefix,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Prefix of references, such as RISK.</summary>
    public string Prefix => Declared.Prefix;

    /// <summary>The process it belongs to, which is also its URL segment.</summary>
    public string Process => Declared.Process;

    /// <summary>All kinds, by prefix.</summary>
    public static IReadOnlyDictionary<string, RecordKind> All => ByPrefix;

    /// <summary>The kind of a record type.</summary>
    public static RecordKind Of(Type type) => ByType[type];

    /// <summary>Where the page of one of them is, below the organisation.</summary>
    public string PageOf(string reference, string? title) =>
        (Declared.Page ?? $"{Process}#{{ref}}")
            .Replace("{ref}", reference, StringComparison.Ordinal)
            .Replace("{code}", title?.Split(' ')[0] ?? reference, StringComparison.Ordinal);

    /// <summary>
    /// Why a reference of this kind is not what was looked for; null where it is of the kind that was. Says nothing of
    /// whether there is such a record.
    /// </summary>
    internal string? ButNot(RecordKind wanted, string reference) =>
        this == wanted ? null : $"{reference} names {Word}, not {wanted.Word}.";

    private string Word
    {
        get
        {
            var word =
                Declared.One
                ?? string.Concat(Type.Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $" {c}" : $"{c}"))
                    .ToLowerInvariant();
            return $"{("aeiou".Contains(word[0], StringComparison.Ordinal) ? "an" : "a")} {word}";
        }
    }

    /// <summary>The kind and number that a reference such as <c>RISK-12</c> names, if it is one.</summary>
    public static (RecordKind Kind, int Number)? Parse(string reference)
    {
        var dash = reference.LastIndexOf('-');
        if (dash < 1 || !int.TryParse(reference.AsSpan(dash + 1), out var number))
            return null;
        return ByPrefix.TryGetValue(reference[..dash], out var kind) ? (kind, number) : null;
    }
}

/// <summary>The last number given to a kind of record in an organisation.</summary>
public sealed class ReferenceCounter : ITenantRow
{
    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The kind.</summary>
    public required string Prefix { get; init; }

    /// <summary>The last number given.</summary>
    public int Last { get; private set; }

    /// <summary>Gives the next number. Safe because an organisation has one writer at a time.</summary>
    public int Next() => ++Last;
}
