using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Knowledge;

namespace Moat.Isms.Audits;

/// <summary>
/// Nobody judges their own work (9.2.2 c). For a person and requirements it answers what makes them a party: what they
/// own (control, document, treated risk, process) and what the journal shows they did there in the audited period.
/// </summary>
public sealed class Independence(MoatDb db, RequirementRecords records, KnowledgeBase knowledge)
{
    private const int MostEntries = 20_000;

    // The journal names at most so many subjects; what else an entry touched stands in its changes.
    private const int SubjectsNamed = 20;

    /// <summary>Reading, learning and auditing are not the work that is audited.</summary>
    private static readonly string[] NotTheWork =
    [
        "audits.",
        "findings.",
        "samples.",
        "requests.",
        "documents.acknowledge",
        "documents.remark",
        "training.start-quiz",
        "training.answer-quiz",
    ];

    private sealed record Doing(string Ref, string Operation, DateTime At);

    /// <summary>
    /// Why the person may not look at which of these requirements; those they may look at are not in it.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> Conflicts(
        Person person,
        IReadOnlyCollection<string> requirements,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var documents = await records.Documents(ct);
        var controls = await records.Controls(ct);
        var risks = await records.TreatedRisks(requirements, ct);
        var evidence = await records.Evidence(requirements, ct);
        var processes = await OwnProcesses(person.Id, ct);
        var done = await Done(person.Id, from, to, ct);
        var conflicts = new Dictionary<string, string>();
        foreach (var requirement in requirements.Distinct())
        {
            var control = controls.GetValueOrDefault(requirement);
            var behind = documents[requirement]
                .Concat(control is null ? [] : [RequirementRecords.Of(control, control.OwnerId)])
                .Concat(risks[requirement].Select(r => r.Standing))
                .ToList();
            var why =
                behind.FirstOrDefault(r => r.OwnerId == person.Id) is { } owned ? $"owns {owned.Ref} {owned.Title}"
                : processes.FirstOrDefault(p => Covers(p.Clause, requirement)) is { } process
                    ? $"owns the process {process.Title} as {process.Role}"
                : await records.OwnedIn(requirement, person.Id, ct) is { } kept ? $"owns {kept.Ref} {kept.Title}"
                : Did(done, behind.Concat(evidence[requirement]).Select(r => r.Ref), requirement) is { } deed
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"did {deed.Operation} on {deed.Ref} on {deed.At:d MMMM yyyy}"
                    )
                : null;
            if (why is not null)
                conflicts[requirement] = $"{person.Name} {why}.";
        }
        return conflicts;
    }

    private static Doing? Did(IReadOnlyDictionary<string, Doing> done, IEnumerable<string> behind, string requirement)
    {
        if (behind.Select(done.GetValueOrDefault).FirstOrDefault(d => d is not null) is { } deed)
            return deed;
        var kinds = RequirementKinds.Work(requirement).Select(k => k + "-").ToList();
        return kinds.Count == 0
            ? null
            : done.Values.FirstOrDefault(d => kinds.Any(k => d.Ref.StartsWith(k, StringComparison.Ordinal)));
    }

    private sealed record OwnProcess(string Clause, string Title, string Role);

    private async Task<List<OwnProcess>> OwnProcesses(Guid person, CancellationToken ct)
    {
        var roles = await db.Set<RoleAssignment>()
            .Where(r => r.PersonId == person && r.Standing == Standing.Adopted)
            .Select(r => new { r.Key, r.Title })
            .ToListAsync(ct);
        return
        [
            .. from process in knowledge.Processes
            join role in roles on process.OwnerRole equals role.Key
            select new OwnProcess(process.Clause, process.Title, role.Title),
        ];
    }

    // The owner of internal audit (9.2.1) is a party to the whole of 9.2.
    private static bool Covers(string clause, string requirement) =>
        clause == requirement
        || (
            clause.Count(c => c == '.') == 2
            && requirement.StartsWith(clause[..clause.LastIndexOf('.')] + ".", StringComparison.Ordinal)
        );

    /// <summary>The first thing that the person did to each record in the period, by the record's reference.</summary>
    private async Task<IReadOnlyDictionary<string, Doing>> Done(
        Guid person,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var accounts = await db.Set<Membership>()
            .Where(m => m.PersonId == person)
            .Select(m => (Guid?)m.UserId)
            .ToListAsync(ct);
        var (begin, end) = (
            from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
        );
        var entries = await db
            .Journal.AsNoTracking()
            .Where(e => accounts.Contains(e.ActorId) && e.At >= begin && e.At < end)
            .OrderBy(e => e.Sequence)
            .Take(MostEntries)
            .Select(e => new
            {
                e.Sequence,
                e.Operation,
                e.At,
                e.Subjects,
            })
            .ToListAsync(ct);
        var done = new Dictionary<string, Doing>(StringComparer.Ordinal);
        var cut = new List<long>();
        foreach (
            var entry in entries.Where(e => !NotTheWork.Any(n => e.Operation.StartsWith(n, StringComparison.Ordinal)))
        )
        {
            var subjects = entry.Subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (subjects.Length >= SubjectsNamed)
                cut.Add(entry.Sequence);
            foreach (var subject in subjects)
                done.TryAdd(subject, new Doing(subject, entry.Operation, entry.At));
        }
        foreach (var entry in await db.Journal.AsNoTracking().Where(e => cut.Contains(e.Sequence)).ToListAsync(ct))
        foreach (
            var subject in JsonNode.Parse(entry.Changes)!.AsArray().Select(c => (string?)c!["ref"]).OfType<string>()
        )
            done.TryAdd(subject, new Doing(subject, entry.Operation, entry.At));
        return done;
    }
}
