using System.ComponentModel.DataAnnotations;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence;

/// <summary>What every piece of evidence says of itself.</summary>
public abstract record EvidenceFrame
{
    /// <summary>Codes of the controls it shows, such as A.8.28.</summary>
    [MaxLength(50)]
    public List<string> Controls { get; init; } = [];

    /// <summary>Clauses it shows, such as 9.1.</summary>
    [MaxLength(20)]
    public List<string> Clauses { get; init; } = [];

    /// <summary>First day that it observes.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day that it observes.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>
    /// How many days after the period it counts, 1 to 730; what the shortest cadence of its controls asks when left
    /// out.
    /// </summary>
    [Range(1, 730)]
    public int? ValidDays { get; init; }

    /// <summary>Of what it is a look at all or at some, such as "all 14 repositories".</summary>
    [MaxLength(400)]
    public string? Population { get; init; }

    /// <summary>Whether it looks at the whole population.</summary>
    public bool? Complete { get; init; }

    /// <summary>
    /// fact, file, record, access-review or attestation: which of the kinds of evidence that its controls name it is;
    /// decided by its form when left out.
    /// </summary>
    public EvidenceForm? As { get; init; }

    /// <summary>internal, confidential or public.</summary>
    public EvidenceClass Classification { get; init; }
}

/// <summary>A piece of evidence: exactly one of a file, a note, a link, a record and collected facts.</summary>
public sealed record AddEvidence : EvidenceFrame
{
    /// <summary>What it shows.</summary>
    [MinLength(3), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>The file.</summary>
    public GivenFile? File { get; init; }

    /// <summary>What was seen, in words.</summary>
    [MaxLength(8000)]
    public string? Note { get; init; }

    /// <summary>Where it can be seen; an https address.</summary>
    [MaxLength(2000), RegularExpression("https://.+", ErrorMessage = "An https address is needed.")]
    public string? Link { get; init; }

    /// <summary>A record of Moat, such as DOC-4; its version of now is named.</summary>
    [MaxLength(80)]
    public string? Record { get; init; }

    /// <summary>Resources whose facts as they stand are kept, such as RES-3.</summary>
    [MaxLength(500)]
    public List<string> Resources { get; init; } = [];
}

/// <summary>What a signed-in person states and answers for with their name.</summary>
public sealed record AttestEvidence : EvidenceFrame
{
    /// <summary>What it shows.</summary>
    [MinLength(3), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What is stated.</summary>
    [MinLength(10), MaxLength(8000)]
    public required string Statement { get; init; }
}

/// <summary>A report of a pipeline: SARIF, JUnit XML, Great Expectations, CycloneDX or in-toto.</summary>
public sealed record ReportEvidence : IReadFirst
{
    /// <summary>The report.</summary>
    public required GivenFile File { get; init; }

    /// <summary>
    /// What it is about and stays the same from run to run, such as training-pipeline/main; the name in the report when
    /// left out.
    /// </summary>
    [MaxLength(300)]
    public string? Subject { get; init; }

    /// <summary>The dataset that was validated, with its version or digest.</summary>
    [MaxLength(300)]
    public string? Dataset { get; init; }

    /// <summary>The model version that it is about.</summary>
    [MaxLength(300)]
    public string? ModelVersion { get; init; }

    /// <summary>
    /// For an attestation: the asset of which the attested files are a version, such as AST-3. Left out, it only says
    /// something of versions that are known already.
    /// </summary>
    [MaxLength(80)]
    public string? Asset { get; init; }

    /// <summary>
    /// For an attestation with an asset: what the version is called; the beginning of its digest when left out.
    /// </summary>
    [MinLength(1), MaxLength(200)]
    public string? VersionName { get; init; }

    /// <summary>When the run was; the end of a period that is over, or now, when left out.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>What it shows; the kind of report and its subject when left out.</summary>
    [MinLength(3), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>First day that it observes; the day of the run when left out.</summary>
    public DateOnly? PeriodFrom { get; init; }

    /// <summary>Last day that it observes; the day of the run when left out.</summary>
    public DateOnly? PeriodTo { get; init; }

    /// <summary>
    /// Of what it is a look at all or at some; what the report itself says it looked at when left out.
    /// </summary>
    [MaxLength(400)]
    public string? Population { get; init; }

    /// <summary>
    /// Whether it looks at the whole population; not known when left out, because a report cannot say it.
    /// </summary>
    public bool? Complete { get; init; }

    /// <summary>Controls it shows beside those of the checks over it.</summary>
    [MaxLength(50)]
    public List<string> Controls { get; init; } = [];

    /// <summary>Clauses it shows, such as 9.1.</summary>
    [MaxLength(20)]
    public List<string> Clauses { get; init; } = [];

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(ReportReader.Read);
}

/// <summary>What evidence shows beside what it was added for.</summary>
public sealed record ServeEvidence : ChangeRecord
{
    /// <summary>Codes of further controls, such as A.8.28.</summary>
    [MaxLength(50)]
    public List<string> Controls { get; init; } = [];

    /// <summary>Further clauses, such as 9.1.</summary>
    [MaxLength(20)]
    public List<string> Clauses { get; init; } = [];
}

/// <summary>Evidence to take back.</summary>
public sealed record WithdrawEvidence : ChangeRecord
{
    /// <summary>Why it does not count any more.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Which evidence to list.</summary>
public sealed record ListEvidence : ListInput
{
    /// <summary>file, note, link, fact, attestation or record.</summary>
    public EvidenceKind? Kind { get; init; }

    /// <summary>Only what counts today, or only what does not.</summary>
    public bool? Counts { get; init; }
}

/// <summary>A control that evidence shows.</summary>
/// <param name="Ref">Its code, such as A.8.28.</param>
/// <param name="Name">Its title.</param>
public sealed record ShownControl(string Ref, string Name);

/// <summary>One piece of evidence.</summary>
/// <param name="Row">As in the register.</param>
/// <param name="Controls">The controls it shows.</param>
/// <param name="Preview">Its words, or how a file of text begins.</param>
public sealed record EvidenceView(EvidenceRow Row, IReadOnlyList<ShownControl> Controls, string? Preview);

/// <summary>What became of a report.</summary>
/// <param name="Ref">The evidence that keeps the file.</param>
/// <param name="Version">Its version.</param>
/// <param name="Format">What the file is.</param>
/// <param name="Facts">Facts in it.</param>
/// <param name="Changed">Facts that are new or differ from what stood.</param>
/// <param name="Controls">Controls that the file shows.</param>
public sealed record ReportTaken(
    string Ref,
    int Version,
    string Format,
    int Facts,
    int Changed,
    IReadOnlyList<string> Controls
) : INamesRecord
{
    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
