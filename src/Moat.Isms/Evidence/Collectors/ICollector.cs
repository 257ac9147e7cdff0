using System.Text.Json.Nodes;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>What a setting of a collector holds.</summary>
public enum SettingForm
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>An address on the network; a secret is only sent there over TLS.</summary>
    Address,

    /// <summary>An address that is only ever asked over TLS.</summary>
    ShelteredAddress,
}

/// <summary>One setting of a collector.</summary>
/// <param name="Name">Its name in <c>settings</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Hint">What to write, with an example.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Usual">The value when none is given.</param>
/// <param name="Form">What it holds.</param>
public sealed record CollectorSetting(
    string Name,
    string Label,
    string Hint,
    bool Required,
    string? Usual = null,
    SettingForm Form = SettingForm.Text
);

/// <summary>
/// What a collector works with: the settings and the secret, which is in the clear here and nowhere else.
/// </summary>
public sealed record CollectorAccess(IReadOnlyDictionary<string, string> Settings, string? Secret)
{
    /// <summary>A setting, or its usual value.</summary>
    public string? Get(string name) => Settings.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A setting that must be there. Throws <see cref="CollectorFailed"/>.</summary>
    public string Need(string name) => Get(name) ?? throw new CollectorFailed($"The setting {name} is missing.");
}

/// <summary>Something that a collector found, or could not read.</summary>
public abstract record Collected;

/// <summary>A fact about a resource.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="ExternalId">The id that stays when it is renamed.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Content">The fact; <c>unknown</c> says of each value that could not be read why.</param>
public sealed record CollectedFact(string Kind, string ExternalId, string Name, JsonObject Content) : Collected;

/// <summary>Something that could not be read.</summary>
/// <param name="What">What.</param>
/// <param name="Why">Why, without any secret.</param>
/// <param name="HidesResources">Whether resources may be missing because of it; then none is taken for gone.</param>
public sealed record NotRead(string What, string Why, bool HidesResources = false) : Collected;

/// <summary>
/// What a source never tells, whoever asks: a limit that is stated once for a run and does not make it partial. It
/// comes before the facts that have it among their <c>unknown</c> values.
/// </summary>
/// <param name="Value">The value that is not told.</param>
/// <param name="Why">Why, as the facts say it.</param>
public sealed record StatedLimit(string Value, string Why) : Collected;

/// <summary>A bill of materials as it came; what it changes in the asset register is offered to people.</summary>
/// <param name="FileName">What the file is called.</param>
/// <param name="Content">The file, byte for byte.</param>
public sealed record CollectedBill(string FileName, byte[] Content) : Collected;

/// <summary>
/// A source that cannot be reached or does not let the collector in. Its message is for people and holds no secret.
/// </summary>
public sealed class CollectorFailed(string message, DateTime? retryAt = null) : Exception(message)
{
    /// <summary>When the source said it may be asked again; null when it did not say.</summary>
    public DateTime? RetryAt { get; } = retryAt;
}

/// <summary>
/// Hosts that the operator named: they may be asked although they are near the server, and without TLS.
/// </summary>
public interface INamedHosts
{
    /// <summary>Whether the operator named this host.</summary>
    bool IsNamed(string host);
}

/// <summary>Fetches facts from one kind of source. It decides nothing and writes nothing there.</summary>
public interface ICollector
{
    /// <summary>Its name in sources, such as <c>github</c>.</summary>
    string Kind { get; }

    /// <summary>What people call it.</summary>
    string Title { get; }

    /// <summary>What it reads, and the least that its secret must be allowed to.</summary>
    string LeastPrivilege { get; }

    /// <summary>What the secret is, or null when there is none.</summary>
    string? SecretHint { get; }

    /// <summary>Its settings.</summary>
    IReadOnlyList<CollectorSetting> Settings { get; }

    /// <summary>Kinds of resources it lists completely; those it no longer lists are gone.</summary>
    IReadOnlyList<string> Lists(CollectorAccess access);

    /// <summary>
    /// Tries the connection and says in a sentence what it sees. Throws <see cref="CollectorFailed"/>.
    /// </summary>
    Task<string> Test(CollectorAccess access, CancellationToken ct);

    /// <summary>
    /// Fetches everything. What cannot be read is told as <see cref="NotRead"/>; a source that cannot be reached throws
    /// <see cref="CollectorFailed"/>.
    /// </summary>
    IAsyncEnumerable<Collected> Collect(CollectorAccess access, CancellationToken ct);
}

/// <summary>A number that a source answered, or why there is none.</summary>
public sealed record Reading(decimal? Value, string Why);

/// <summary>How the answers over a span of time become one number.</summary>
public enum RangeFold
{
    /// <summary>There is no span: the answer of the moment counts.</summary>
    Now,

    /// <summary>The mean of all answers.</summary>
    Average,

    /// <summary>The smallest answer.</summary>
    Minimum,

    /// <summary>The latest answer.</summary>
    Last,
}

/// <summary>A span of time that is asked about in steps, and how the answers become one number.</summary>
public sealed record MeasuredSpan(DateTime From, DateTime To, TimeSpan Step, RangeFold Fold);

/// <summary>A collector that can answer a query with one number, for objectives (6.2, 9.1).</summary>
public interface IMeasuring
{
    /// <summary>The query's answer at a moment. Throws <see cref="CollectorFailed"/>.</summary>
    Task<Reading> Measure(CollectorAccess access, string query, DateTime at, CancellationToken ct);

    /// <summary>
    /// The query's answers over a span, folded into one number. Throws <see cref="CollectorFailed"/>.
    /// </summary>
    Task<Reading> Measure(CollectorAccess access, string query, MeasuredSpan span, CancellationToken ct);
}
