using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// That an entry changed a record. By these the entries of a record are found in a journal of any length. They follow
/// from the journal alone: verification compares them with it, and <see cref="SubjectProcess"/> makes them again.
/// </summary>
public sealed class JournalSubject : ITenantRow
{
    /// <summary>The longest reference.</summary>
    public const int Longest = 40;

    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The record's reference, such as RISK-12; no other record ever gets it.</summary>
    public required string Subject { get; init; }

    /// <summary>The entry's position.</summary>
    public required long Sequence { get; init; }

    /// <summary>The records with references that an entry changed, each once; all of them, however many.</summary>
    public static IEnumerable<string> In(JsonArray changes) =>
        changes.Select(c => (string?)c!["ref"]).OfType<string>().Distinct();

    /// <summary>The rows of an entry.</summary>
    public static IEnumerable<JournalSubject> Of(JournalEntry entry) =>
        In(JsonNode.Parse(entry.Changes)!.AsArray())
            .Select(subject => new JournalSubject
            {
                OrganizationId = entry.OrganizationId,
                Subject = subject,
                Sequence = entry.Sequence,
            });
}
