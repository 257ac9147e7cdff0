using System.ComponentModel.DataAnnotations;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>A source to read.</summary>
public sealed record CreateCollector
{
    /// <summary>What people call it.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>Which collector reads it: github, s3, mlflow, prometheus, huggingface, json or bom.</summary>
    [MaxLength(40)]
    public required string Kind { get; init; }

    /// <summary>Settings as lines of <c>name=value</c>; which there are, collectors.kinds tells.</summary>
    [MaxLength(30)]
    public List<string> Settings { get; init; } = [];

    /// <summary>The secret: a token or a key. It is encrypted and never shown again.</summary>
    [MaxLength(8000)]
    public string? Secret { get; init; }

    /// <summary>How often it is read, in hours, 1 to 168.</summary>
    [Range(1, 168)]
    public int EveryHours { get; init; } = 24;
}

/// <summary>Changes to a source.</summary>
public sealed record EditCollector : ChangeRecord
{
    /// <summary>What people call it.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>All settings as lines of <c>name=value</c>.</summary>
    [MaxLength(30)]
    public List<string>? Settings { get; init; }

    /// <summary>A new secret; the old one stays when left out.</summary>
    [MaxLength(8000)]
    public string? Secret { get; init; }

    /// <summary>How often it is read, in hours.</summary>
    [Range(1, 168)]
    public int? EveryHours { get; init; }

    /// <summary>Whether it is not read for now.</summary>
    public bool? Paused { get; init; }
}

/// <summary>
/// A run as the installation began it, with the secret in the clear, or what keeps it from reading. Never leaves the
/// server.
/// </summary>
public sealed record BegunRun(Guid RunId, string SourceRef, string Kind, OpenedAccess Opened);

/// <summary>The access to a source, or why there is none: its secret cannot be decrypted.</summary>
public sealed record OpenedAccess(CollectorAccess? Access, string Problem = "");

/// <summary>The source to begin with.</summary>
public sealed record BeginRun
{
    /// <summary>The source, such as SRC-1.</summary>
    [MaxLength(80)]
    public required string Source { get; init; }
}

/// <summary>Facts that a run fetched.</summary>
public sealed record ReceiveCollected
{
    /// <summary>The run.</summary>
    public required Guid Run { get; init; }

    /// <summary>The facts, with canonical content.</summary>
    [MaxLength(1000)]
    public required List<ObservedFact> Facts { get; init; }
}

/// <summary>How a run ended.</summary>
public sealed record FinishCollectorRun
{
    /// <summary>The run.</summary>
    public required Guid Run { get; init; }

    /// <summary>complete, partial or failed.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>How it went.</summary>
    [MaxLength(2000)]
    public required string Message { get; init; }

    /// <summary>What could not be read.</summary>
    [MaxLength(500)]
    public List<string> Missing { get; init; } = [];

    /// <summary>Kinds of resources that were listed completely.</summary>
    [MaxLength(20)]
    public List<string> Listed { get; init; } = [];

    /// <summary>When a source that was too busy said it may be asked again.</summary>
    public DateTime? RetryAt { get; init; }
}

/// <summary>A collector that there is.</summary>
public sealed record CollectorKind(
    string Kind,
    string Title,
    string LeastPrivilege,
    string? SecretHint,
    IReadOnlyList<CollectorSetting> Settings
);

/// <summary>A source in the list.</summary>
public sealed record CollectorRow(
    string Ref,
    int Version,
    string Name,
    string Kind,
    int EveryHours,
    DateTime? PausedAt,
    DateTime NextRunAt,
    RunOutcome? LastOutcome,
    DateTime? LastRunAt,
    string? LastMessage,
    int Resources
);

/// <summary>A run in the log.</summary>
public sealed record RunRow(
    DateTime StartedAt,
    DateTime? EndedAt,
    RunOutcome Outcome,
    int Resources,
    int Discovered,
    int Changed,
    int Gone,
    string Message,
    IReadOnlyList<string> Missing
);

/// <summary>A source with its runs. The secret is never in it.</summary>
public sealed record CollectorView(
    string Ref,
    int Version,
    string Name,
    string Kind,
    IReadOnlyDictionary<string, string> Settings,
    bool HasSecret,
    DateTime? SecretChangedAt,
    int EveryHours,
    DateTime? PausedAt,
    DateTime NextRunAt,
    IReadOnlyList<RunRow> Runs
);

/// <summary>What a test of the connection saw.</summary>
public sealed record ConnectionTest(bool Works, string Says);
