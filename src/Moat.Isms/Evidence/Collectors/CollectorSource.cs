using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>How a run of a collector ended.</summary>
public enum RunOutcome
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>Everything was read.</summary>
    Complete,

    /// <summary>Something could not be read; the rest counts.</summary>
    Partial,

    /// <summary>The source did not let it in or did not answer.</summary>
    Failed,

    /// <summary>It was cut off; what had come until then counts.</summary>
    Interrupted,
}

/// <summary>A source that a collector reads by itself.</summary>
[RecordKind("SRC", "collectors", Page = "collectors/{ref}", Column = ThreadColumn.EvidenceAndAudits)]
public sealed class CollectorSource : Referenced
{
    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Which collector reads it.</summary>
    public required string Kind { get; init; }

    /// <summary>Its settings as JSON, without any secret.</summary>
    public required string Settings { get; set; }

    /// <summary>The secret, encrypted; never in the journal.</summary>
    [NotJournalled]
    public string? Secret { get; set; }

    /// <summary>When the secret was last changed.</summary>
    public DateTime? SecretChangedAt { get; set; }

    /// <summary>The secret that the source signs its webhooks with, encrypted; never in the journal.</summary>
    [NotJournalled]
    public string? HookSecret { get; set; }

    /// <summary>When that secret was made.</summary>
    public DateTime? HookMadeAt { get; set; }

    /// <summary>
    /// SHA-256 of the newest bill of materials that it told. Not journalled: what people take over of it is.
    /// </summary>
    [NotJournalled]
    public string? BillSha256 { get; set; }

    /// <summary>What that file is called.</summary>
    [NotJournalled]
    public string? BillName { get; set; }

    /// <summary>What the file of that bill is called.</summary>
    internal string NameOfBill => BillName ?? "bom.json";

    /// <summary>How often it is read.</summary>
    public required int EveryHours { get; set; }

    /// <summary>Since when it is not read.</summary>
    public DateTime? PausedAt { get; set; }

    /// <summary>When it is read next. Not journalled: it follows from the runs.</summary>
    [NotJournalled]
    public required DateTime NextRunAt { get; set; }

    /// <summary>Runs that failed since the last that did not.</summary>
    [NotJournalled]
    public int FailedInARow { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Name} {Kind}";

    /// <summary>
    /// Sets when it is read next: by its rhythm, or sooner and then ever later after failures. A source that was too
    /// busy is asked again when it said so, within a day; that is no failure of its own.
    /// </summary>
    public void Schedule(DateTime now, bool failed, DateTime? retryAt = null)
    {
        if (failed && retryAt > now)
        {
            NextRunAt = retryAt < now.AddDays(1) ? retryAt.Value : now.AddDays(1);
            return;
        }
        FailedInARow = failed ? FailedInARow + 1 : 0;
        var usual = TimeSpan.FromHours(EveryHours);
        var backOff = TimeSpan.FromMinutes(5 * Math.Pow(2, Math.Min(FailedInARow - 1, 10)));
        NextRunAt = now + (failed && backOff < usual ? backOff : usual);
    }
}

/// <summary>One reading of a source.</summary>
public sealed class CollectorRun : Record
{
    /// <summary>The source.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome { get; private set; }

    /// <summary>Resources it told of.</summary>
    public int Resources { get; set; }

    /// <summary>Resources that were not known.</summary>
    public int Discovered { get; set; }

    /// <summary>Facts that changed.</summary>
    public int Changed { get; set; }

    /// <summary>Resources that are gone.</summary>
    public int Gone { get; set; }

    /// <summary>How it went, in a sentence.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What could not be read, and why.</summary>
    public List<string> Missing { get; private set; } = [];

    /// <summary>Ends the run.</summary>
    public void End(RunOutcome outcome, string message, IEnumerable<string> missing, DateTime at) =>
        (Outcome, Message, Missing, EndedAt) = (outcome, message, [.. missing], at);
}
