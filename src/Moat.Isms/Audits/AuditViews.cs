using Moat.Isms.Kernel.Requirements;

namespace Moat.Isms.Audits;

/// <summary>An audit in a list.</summary>
public sealed record AuditRow(
    string Ref,
    int Version,
    string Title,
    AuditKind Kind,
    AuditState State,
    DateOnly StartsOn,
    DateOnly EndsOn,
    string? Lead,
    int Requirements,
    int Findings,
    DateTime? ReportedAt
);

/// <summary>A line of a checklist.</summary>
public sealed record AuditItemView(
    string Requirement,
    string Title,
    ExamineResult Result,
    string? Note,
    IReadOnlyList<string> Examined,
    string? ExaminedBy,
    DateTime? ExaminedAt
);

/// <summary>An audit with its checklist, findings, samples and requests.</summary>
public sealed record AuditView(
    AuditRow Row,
    string Extent,
    DateOnly PeriodFrom,
    string? LeadRef,
    IReadOnlyList<Named> Team,
    string? Body,
    string? SupplierRef,
    string? ProgrammeRef,
    IReadOnlyList<string> Requirements,
    IReadOnlyList<AuditItemView> Items,
    IReadOnlyList<FindingRow> Findings,
    IReadOnlyList<SampleRow> Samples,
    IReadOnlyList<RequestRow> Requests,
    string? Conclusion,
    string? ReportedBy,
    string? EvidenceRef,
    bool Mine
);

/// <summary>A record by its reference and name.</summary>
public sealed record Named(string Ref, string Name);

/// <summary>What an auditor looks at for a requirement.</summary>
/// <param name="Requirement">The sub-clause or control.</param>
/// <param name="Title">Its title.</param>
/// <param name="Asks">What it comes down to.</param>
/// <param name="LookAt">What to open, in order.</param>
/// <param name="Doi">How it stands today.</param>
/// <param name="Rules">The rules and the records that make it so.</param>
/// <param name="Documents">Documents that say how it is done.</param>
/// <param name="Records">Records that show that it is done.</param>
/// <param name="Page">Where it is seen, below the organisation.</param>
public sealed record ChecklistEntry(
    string Requirement,
    string Title,
    string? Asks,
    IReadOnlyList<string> LookAt,
    Doi Doi,
    IReadOnlyList<RuleView> Rules,
    IReadOnlyList<StandingRecord> Documents,
    IReadOnlyList<StandingRecord> Records,
    string Page
);

/// <summary>The checklist of an audit.</summary>
public sealed record AuditChecklistView(IReadOnlyList<ChecklistEntry> Entries);

/// <summary>Why a person may not look at a requirement.</summary>
public sealed record IndependenceConflict(string Requirement, string Why);

/// <summary>What a person may look at and what not.</summary>
public sealed record IndependenceView(string Person, int Free, IReadOnlyList<IndependenceConflict> Conflicts);

/// <summary>A requirement in a programme, with the audits that cover it.</summary>
/// <param name="Requirement">The sub-clause or control.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">clause or control.</param>
/// <param name="Weight">1 to 3 as the programme has it.</param>
/// <param name="WeightNow">1 to 3 as the records of today call for.</param>
/// <param name="Reasons">Why it weighs that much.</param>
/// <param name="Audits">The audits that cover it in the cycle.</param>
public sealed record CoveredRequirement(
    string Requirement,
    string Title,
    string Kind,
    int Weight,
    int WeightNow,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<CoveringAudit> Audits
);

/// <summary>An audit that covers a requirement.</summary>
public sealed record CoveringAudit(string Ref, DateOnly StartsOn, AuditState State);

/// <summary>The programme with its coverage; without a programme, what one would have to cover.</summary>
public sealed record ProgrammeView(
    string? Ref,
    int Version,
    ProgrammeState? State,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    int AuditsAYear,
    string? AdoptedBy,
    DateTime? AdoptedAt,
    IReadOnlyList<CoveredRequirement> Requirements,
    IReadOnlyList<string> Uncovered,
    IReadOnlyList<AuditRow> Audits
);

/// <summary>A finding in a list.</summary>
public sealed record FindingRow(
    string Ref,
    int Version,
    string AuditRef,
    string Requirement,
    FindingGrade Grade,
    string Title,
    FindingState State,
    string RaisedBy,
    DateTime RaisedAt,
    bool NeedsNonconformity,
    string? NonconformityRef
);

/// <summary>A finding.</summary>
public sealed record FindingView(
    FindingRow Row,
    string AuditTitle,
    string Seen,
    string Statement,
    string? Answer,
    string? AnsweredBy,
    DateTime? AnsweredAt,
    IReadOnlyList<Named> Follow,
    bool MayWithdraw
);

/// <summary>A sample in a list.</summary>
public sealed record SampleRow(
    string Ref,
    int Version,
    string AuditRef,
    string Requirement,
    string Title,
    int Size,
    int PopulationSize,
    int Open,
    int Deviating
);

/// <summary>A member of a sample.</summary>
public sealed record SampleItemView(
    int Position,
    string Reference,
    string Title,
    SampleResult Result,
    string? Note,
    string? ExaminedBy,
    DateTime? ExaminedAt
);

/// <summary>A sample with how it was chosen.</summary>
public sealed record SampleView(
    SampleRow Row,
    PopulationKind Kind,
    string? Of,
    DateOnly PeriodFrom,
    DateOnly PeriodTo,
    string Seed,
    string PopulationSha256,
    DateTime FrozenAt,
    string DrawnBy,
    string? Conclusion,
    IReadOnlyList<SampleItemView> Items,
    bool Mine
);

/// <summary>A sample drawn again from the frozen population with the same seed.</summary>
/// <param name="Ref">The sample.</param>
/// <param name="Method">How the seed chooses, so that anybody can do it again.</param>
/// <param name="Seed">The seed.</param>
/// <param name="PopulationSize">How many there were.</param>
/// <param name="PopulationSha256">The hash that was kept when the population was frozen.</param>
/// <param name="PopulationIntact">Whether the frozen population still has that hash.</param>
/// <param name="Same">Whether the same members are chosen in the same order.</param>
/// <param name="Chosen">What is chosen now.</param>
/// <param name="Population">The frozen population, for whoever wants to do it by hand.</param>
public sealed record ReperformedSample(
    string Ref,
    string Method,
    string Seed,
    int PopulationSize,
    string PopulationSha256,
    bool PopulationIntact,
    bool Same,
    IReadOnlyList<string> Chosen,
    IReadOnlyList<string> Population
);

/// <summary>A request in a list.</summary>
public sealed record RequestRow(
    string Ref,
    int Version,
    string Wanted,
    string? Requirement,
    string? AuditRef,
    DateOnly DueOn,
    RequestState State,
    string AskedBy,
    string? AssigneeRef,
    string? Assignee,
    bool Mine,
    bool Overdue
);

/// <summary>What was said to a request.</summary>
public sealed record RequestNoteView(
    RequestState Brings,
    string Text,
    IReadOnlyList<Named> Shown,
    string By,
    DateTime At
);

/// <summary>A request with what was said.</summary>
public sealed record RequestView(
    RequestRow Row,
    string? Source,
    IReadOnlyList<RequestNoteView> Notes,
    bool MayAnswer,
    bool MayJudge
);

/// <summary>A stop of a rehearsed visit.</summary>
/// <param name="Requirement">The sub-clause or control.</param>
/// <param name="Title">Its title.</param>
/// <param name="Opens">What the auditor opens first.</param>
/// <param name="Sees">What lies there.</param>
/// <param name="Questions">What they would ask because something is missing.</param>
/// <param name="Page">Where it is seen, below the organisation.</param>
public sealed record RehearsalStop(
    string Requirement,
    string Title,
    IReadOnlyList<string> Opens,
    IReadOnlyList<StandingRecord> Sees,
    IReadOnlyList<string> Questions,
    string Page
);

/// <summary>A part of a rehearsed visit.</summary>
public sealed record RehearsalPart(string Title, string Why, IReadOnlyList<RehearsalStop> Stops);

/// <summary>A rehearsed visit.</summary>
public sealed record RehearsalView(
    int Stage,
    string Verdict,
    int Stops,
    int Ready,
    int Questions,
    IReadOnlyList<RehearsalPart> Parts
);
