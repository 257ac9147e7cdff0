using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Facts;

/// <summary>An event in the sense of CloudEvents 1.0 whose data is what was observed of a resource.</summary>
public sealed record GivenEvent
{
    /// <summary>With the source it names the event; the same pair is taken in once.</summary>
    [MinLength(1), MaxLength(400)]
    public required string Id { get; init; }

    /// <summary>Who tells.</summary>
    [MinLength(1), MaxLength(400)]
    public required string Source { get; init; }

    /// <summary>The kind of resource, such as <c>data.validation</c>; checks are found by it.</summary>
    [MinLength(1), MaxLength(80)]
    public required string Type { get; init; }

    /// <summary>The resource; the source itself when left out.</summary>
    [MaxLength(400)]
    public string? Subject { get; init; }

    /// <summary>When it was observed, with time zone; now when left out.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What was observed, a JSON object of at most 64 KiB.</summary>
    public required JsonElement Data { get; init; }
}

/// <summary>Events to take in, all or none of them.</summary>
public sealed record ReceiveEvents
{
    internal const int Most = 1000;

    /// <summary>At most 1,000 at once.</summary>
    [MinLength(1), MaxLength(Most)]
    public required List<GivenEvent> Events { get; init; }
}

/// <summary>What became of the events.</summary>
/// <param name="Received">Events taken in now.</param>
/// <param name="Repeated">Events that were known already and changed nothing.</param>
/// <param name="Discovered">Resources that were not known.</param>
/// <param name="Changed">Facts that differ from what stood.</param>
/// <param name="Unchanged">Facts that say what stood already.</param>
/// <param name="Late">Facts older than what stands; they took their place in the past.</param>
public sealed record EventsReceived(int Received, int Repeated, int Discovered, int Changed, int Unchanged, int Late);

/// <summary>Takes events in (CloudEvents 1.0): facts that programs report by themselves.</summary>
[Process("events", "Facts that programs report as CloudEvents 1.0 (9.1).")]
public sealed class EventProcess(MoatDb db, CurrentCaller caller, IEventLedger ledger, FactIntake intake)
{
    internal const int LongestData = 64 * 1024;

    /// <summary>How long the ids of messages are kept, so that one that is sent again is known.</summary>
    internal static readonly TimeSpan Remembered = TimeSpan.FromDays(35);

    /// <summary>
    /// Takes events in. The same event sent again changes nothing, so a sender may repeat what was not answered.
    /// </summary>
    [Operation(
        "create",
        Permission.EditEvidence,
        "Take in CloudEvents whose data are facts about resources; checks are evaluated at once"
    )]
    public async Task<EventsReceived> Create(ReceiveEvents input, CancellationToken ct)
    {
        var now = db.Now;
        var facts = input
            .Events.Select((e, index) => (Key: ObservedFact.KeyOf(e.Source, e.Id), Fact: FactOf(e, index, now)))
            .DistinctBy(e => e.Key)
            .ToList();
        await ledger.Forget(db, caller.OrganizationId, now - Remembered, ct);
        var fresh = await ledger.Remember(db, caller.OrganizationId, [.. facts.Select(f => f.Key)], now, ct);
        var result = await intake.Take([.. facts.Where(f => fresh.Contains(f.Key)).Select(f => f.Fact)], ct);
        return new EventsReceived(
            fresh.Count,
            input.Events.Count - fresh.Count,
            result.Discovered,
            result.Changed,
            result.Unchanged,
            result.Late
        );
    }

    private static ObservedFact FactOf(GivenEvent given, int index, DateTime now)
    {
        if (given.Data.ValueKind != JsonValueKind.Object)
            throw new InputInvalid($"events[{index}].data", "The data of a fact is a JSON object.");
        var content = FactText.Of(given.Data);
        if (content.Length > LongestData)
            throw new InputInvalid(
                $"events[{index}].data",
                "At most 64 KiB. Keep the file as evidence and report what matters of it."
            );
        var observed = (given.Time?.UtcDateTime ?? now).ToMillisecond();
        var subject = string.IsNullOrEmpty(given.Subject) ? given.Source : given.Subject;
        return new ObservedFact(given.Type, given.Source, subject, NameIn(given.Data) ?? subject, observed, content);
    }

    private static string? NameIn(JsonElement data) =>
        data.TryGetProperty("name", out var name)
        && name.ValueKind == JsonValueKind.String
        && name.GetString() is { Length: > 0 and <= 400 } text
            ? text
            : null;
}
