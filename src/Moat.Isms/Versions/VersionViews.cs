namespace Moat.Isms.Versions;

/// <summary>A version in a list.</summary>
public sealed record VersionRow(
    string Ref,
    int Version,
    string Name,
    string AssetRef,
    string Asset,
    string AssetKind,
    AssetVersionState State,
    DateTime EnteredAt,
    DateTime? ReleasedAt,
    DateTime? WithdrawnAt
);

/// <summary>A digest of a version.</summary>
/// <param name="Value">Algorithm and value.</param>
/// <param name="File">The file that it is of, where one was named.</param>
public sealed record DigestView(string Value, string? File);

/// <summary>A version with everything that was said about it.</summary>
public sealed record AssetVersionView(
    VersionRow Row,
    IReadOnlyList<DigestView> Digests,
    long? Bytes,
    string? Format,
    string? Run,
    string? Commit,
    string? Location,
    string EnteredBy,
    string? Checked,
    string? ReleaseNote,
    string? ReleasedBy,
    string? WithdrawnBecause,
    string? WithdrawnBy,
    IReadOnlyList<ServingView> Served
)
{
    /// <summary>The record that told of it, such as BOM-2.</summary>
    public string? ToldBy { get; init; }

    /// <summary>The runs that made the same bytes again; the latest first.</summary>
    public IReadOnlyList<MadeAgainView> MadeAgain { get; init; } = [];

    /// <summary>What sources tell otherwise; what does not stand any more comes last.</summary>
    public IReadOnlyList<OtherwiseView> Otherwise { get; init; } = [];

    /// <summary>What names exactly these bytes; the latest first.</summary>
    public IReadOnlyList<VersionResultView> Results { get; init; } = [];

    /// <summary>Whether each of its files has a digest that tells its bytes from all others.</summary>
    public bool IsExact { get; init; }

    /// <summary>The files that are known by an MD5 or SHA-1 only.</summary>
    public IReadOnlyList<string> Weak { get; init; } = [];

    /// <summary>Why a withdrawal of it was taken back.</summary>
    public string? ReinstatedBecause { get; init; }

    /// <summary>Who took it back.</summary>
    public string? ReinstatedBy { get; init; }

    /// <summary>When.</summary>
    public DateTime? ReinstatedAt { get; init; }
}

/// <summary>That another run made the bytes of a version again.</summary>
/// <param name="Run">The run.</param>
/// <param name="Commit">The commit that it used.</param>
/// <param name="ToldBy">Who said so.</param>
/// <param name="At">When that was said.</param>
public sealed record MadeAgainView(string Run, string? Commit, string ToldBy, DateTime At);

/// <summary>That a source tells a version to be something else than what is known.</summary>
/// <param name="Id">By what a person settles it.</param>
/// <param name="ToldBy">The record that tells it, such as BOM-2.</param>
/// <param name="Told">What it tells.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when; nothing while it stands.</param>
/// <param name="EndedBecause">Why it does not stand any more.</param>
/// <param name="SettledBy">The person who said so.</param>
public sealed record OtherwiseView(
    Guid Id,
    string ToldBy,
    string Told,
    DateTime Since,
    DateTime? Until,
    string? EndedBecause,
    string? SettledBy
);

/// <summary>That an endpoint served a version.</summary>
/// <param name="EndpointRef">The endpoint.</param>
/// <param name="Endpoint">Its name.</param>
/// <param name="VersionRef">The version.</param>
/// <param name="Version">What it is a version of, and its name.</param>
/// <param name="State">How far the version is today.</param>
/// <param name="Since">Since when it was served.</param>
/// <param name="Until">Until when; nothing while it is.</param>
/// <param name="SaidBy">Who said so.</param>
public sealed record ServingView(
    string EndpointRef,
    string Endpoint,
    string VersionRef,
    string Version,
    AssetVersionState State,
    DateTime Since,
    DateTime? Until,
    string SaidBy
);

/// <summary>What certain bytes are.</summary>
public enum BytesAre
{
    /// <summary>No version has them.</summary>
    Unknown,

    /// <summary>They are known; nobody let them through.</summary>
    Entered,

    /// <summary>They are part of a released version, and of no withdrawn one.</summary>
    Released,

    /// <summary>They are part of a withdrawn version, or only of versions whose bytes come from one.</summary>
    Withdrawn,
}

/// <summary>What is known of certain bytes.</summary>
/// <param name="Digest">Their digest as it was understood.</param>
/// <param name="Are">What they are.</param>
/// <param name="Says">The same in a sentence.</param>
/// <param name="Versions">The versions that they are part of.</param>
public sealed record FoundVersion(string Digest, BytesAre Are, string Says, IReadOnlyList<VersionRow> Versions);

/// <summary>A version on the way to or from another.</summary>
/// <param name="Row">The version.</param>
/// <param name="Distance">How many steps it is away.</param>
/// <param name="Via">The version next to it on the way back.</param>
/// <param name="SameBytes">
/// Whether one of these two has all files of the other; otherwise one was made from the other.
/// </param>
public sealed record TraceStep(VersionRow Row, int Distance, string Via, bool SameBytes);

/// <summary>That a version has some files of one whose bytes come from a withdrawn version.</summary>
/// <param name="Row">The version.</param>
/// <param name="With">The one with which it shares them.</param>
/// <param name="Files">How many files it shares.</param>
/// <param name="Of">How many files the other one has.</param>
/// <param name="Withdrawn">The withdrawn version: the other one, or what its bytes come from.</param>
/// <param name="Answered">
/// Whether a person said since why that is sound: where it was released, or about the shared files alone.
/// </param>
public sealed record SharedFilesView(
    VersionRow Row,
    VersionRow With,
    int Files,
    int Of,
    VersionRow Withdrawn,
    bool Answered
)
{
    /// <summary>Who said it, when, and why.</summary>
    public string? Answer { get; init; }
}

/// <summary>Where a version comes from and where it went.</summary>
/// <param name="Of">The version.</param>
/// <param name="MadeFrom">Everything whose bytes went into it, the nearest first.</param>
/// <param name="WentInto">Every version into which its bytes went, the nearest first.</param>
/// <param name="Served">Every endpoint that served it or one of those, with from and until; the latest first.</param>
/// <param name="Withdrawn">Which of all of them are withdrawn and were in what this version is.</param>
/// <param name="Shared">
/// Which sound versions on the way share some files with what was withdrawn, so that nobody knows whether they are
/// touched.
/// </param>
/// <param name="Whole">Whether everything is named; false when there is more than an answer holds.</param>
public sealed record TraceView(
    VersionRow Of,
    IReadOnlyList<TraceStep> MadeFrom,
    IReadOnlyList<TraceStep> WentInto,
    IReadOnlyList<ServingView> Served,
    IReadOnlyList<VersionRow> Withdrawn,
    IReadOnlyList<SharedFilesView> Shared,
    bool Whole
);
