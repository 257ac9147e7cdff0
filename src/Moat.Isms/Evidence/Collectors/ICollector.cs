using System.Text.Json.Nodes;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>One setting of a collector.</summary>
/// <param name="Name">Its name in <c>settings</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Hint">What to write, with an example.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Usual">The value when none is given.</param>
public sealed record CollectorSetting(string Name, string Label, string Hint, bool Required, string? Usual = null);

/// <summary>What a collector works with: the settings and the secret, which is in the clear here and nowhere else.</summary>
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

/// <summary>A bill of materials as it came; what it changes in the asset register is offered to people.</summary>
/// <param name="FileName">What the file is called.</param>
/// <param name="Content">The file, byte for byte.</param>
public sealed record CollectedBill(string FileName, byte[] Content) : Collected;

/// <summary>A source that cannot be reached or does not let the collector in. Its message is for people and holds no secret.</summary>
public sealed class CollectorFailed(string message) : Exception(message);

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

    /// <summary>Tries the connection and says in a sentence what it sees. Throws <see cref="CollectorFailed"/>.</summary>
    Task<string> Test(CollectorAccess access, CancellationToken ct);

    /// <summary>Fetches everything. What cannot be read is told as <see cref="NotRead"/>; a source that cannot be reached throws <see cref="CollectorFailed"/>.</summary>
    IAsyncEnumerable<Collected> Collect(CollectorAccess access, CancellationToken ct);
}

/// <summary>Encrypts what only the server itself may read again.</summary>
public interface ISecretKeeper
{
    /// <summary>The encrypted form.</summary>
    string Protect(Guid organizationId, string secret);

    /// <summary>The secret. Throws <see cref="CollectorFailed"/> when the key is gone.</summary>
    string Unprotect(Guid organizationId, string kept);
}

/// <summary>A number that a source answered, or why there is none.</summary>
public sealed record Reading(decimal? Value, string Why);

/// <summary>A collector that can answer a query with one number, for objectives (6.2, 9.1).</summary>
public interface IMeasuring
{
    /// <summary>The query's answer at a moment. Throws <see cref="CollectorFailed"/>.</summary>
    Task<Reading> Measure(CollectorAccess access, string query, DateTime at, CancellationToken ct);
}
