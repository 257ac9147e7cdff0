namespace Moat.Isms.Kernel;

/// <summary>
/// A typed connection between two records: one flow between two processes (clause 4.4). Reads "from" <c>type</c> "to":
/// a model <c>trained-on</c> a dataset, a control <c>treats</c> a risk, evidence <c>evidences</c> a control.
/// </summary>
public sealed class Link : Record
{
    /// <summary>What the connection means; one of <see cref="LinkTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Prefix of the kind it starts at.</summary>
    public required string FromKind { get; init; }

    /// <summary>The record it starts at.</summary>
    public required Guid FromId { get; init; }

    /// <summary>Prefix of the kind it ends at.</summary>
    public required string ToKind { get; init; }

    /// <summary>The record it ends at.</summary>
    public required Guid ToId { get; init; }

    /// <summary>
    /// Where the connection comes from, such as a bill of materials; <see cref="ByHand"/> when a person tied it; null
    /// when an operation made it.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>The source of what a person tied by hand: a claim by its author.</summary>
    public const string ByHand = "by hand";
}

/// <summary>The meanings that a link may have.</summary>
public static class LinkTypes
{
    /// <summary>Model to dataset.</summary>
    public const string TrainedOn = "trained-on";

    /// <summary>Anything to the bucket or system that keeps it.</summary>
    public const string StoredIn = "stored-in";

    /// <summary>Model or image to the pipeline or repository that makes it.</summary>
    public const string BuiltBy = "built-by";

    /// <summary>Model to the endpoint that serves it.</summary>
    public const string DeployedTo = "deployed-to";

    /// <summary>Anything to the supplier it comes from.</summary>
    public const string SuppliedBy = "supplied-by";

    /// <summary>Anything to what it cannot work without.</summary>
    public const string DependsOn = "depends-on";

    /// <summary>Risk to the asset it strikes.</summary>
    public const string Threatens = "threatens";

    /// <summary>Control to the risk it treats.</summary>
    public const string Treats = "treats";

    /// <summary>Task to the record that it serves.</summary>
    public const string Serves = "serves";

    /// <summary>Evidence to the control or clause it shows.</summary>
    public const string Evidences = "evidences";

    /// <summary>A record to what it came from.</summary>
    public const string CausedBy = "caused-by";

    /// <summary>A change to what taught it.</summary>
    public const string LearnedFrom = "learned-from";

    /// <summary>Lesson to the incident, exercise, finding or review that taught it.</summary>
    public const string LessonOf = "lesson-of";

    /// <summary>Corrective action to the nonconformity whose cause it removes.</summary>
    public const string Corrects = "corrects";

    /// <summary>Action, improvement or change to the document, control or check that it altered.</summary>
    public const string Updates = "updates";

    /// <summary>Incident or change to what it touches.</summary>
    public const string Affects = "affects";

    /// <summary>Run of a playbook to the incident it answers.</summary>
    public const string RespondsTo = "responds-to";

    /// <summary>Finding, sample or request to the audit it belongs to.</summary>
    public const string FoundIn = "found-in";

    /// <summary>Audit or management review to the record it looked at.</summary>
    public const string Examines = "examines";

    /// <summary>Task, improvement or change to the management review that decided it.</summary>
    public const string DecidedIn = "decided-in";

    /// <summary>Evidence to the action whose effect it shows.</summary>
    public const string Verifies = "verifies";

    /// <summary>Action to the resource on which a check shows its effect; the link's source names the check.</summary>
    public const string ShownBy = "shown-by";

    /// <summary>Version of a document to the asset that its text names.</summary>
    public const string Names = "names";

    /// <summary>Objective, asset, risk or control to the business objective it serves.</summary>
    public const string Supports = "supports";

    /// <summary>Version of a model or of data to the version it was made from.</summary>
    public const string MadeFrom = "made-from";

    /// <summary>Version of a model or of data to its asset.</summary>
    public const string VersionOf = "version-of";

    /// <summary>Relations between assets.</summary>
    public static IReadOnlyList<string> BetweenAssets { get; } =
    [TrainedOn, StoredIn, BuiltBy, DeployedTo, SuppliedBy, DependsOn];

    /// <summary>All meanings.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. BetweenAssets,
        Threatens,
        Treats,
        Serves,
        Evidences,
        CausedBy,
        LearnedFrom,
        LessonOf,
        Corrects,
        Updates,
        Affects,
        RespondsTo,
        FoundIn,
        Examines,
        DecidedIn,
        Verifies,
        ShownBy,
        Names,
        Supports,
        MadeFrom,
        VersionOf,
    ];
}
