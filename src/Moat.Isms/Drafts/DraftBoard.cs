using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Communication;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People.Competence;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Isms.Suppliers;
using Moat.Isms.Work.Cadences;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>
/// Shows what waits for a person, process by process, in the order in which decisions are best taken.
/// </summary>
public sealed class DraftBoard(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>All counts, and the proposals of one process.</summary>
    public async Task<DraftList> Show(string? process, CancellationToken ct)
    {
        var counts = await Counts(ct);
        var of = process ?? counts.FirstOrDefault(c => c.Proposed > 0)?.Process;
        return new DraftList(counts, of is null ? [] : await Items(of, ct));
    }

    /// <summary>How many proposals there are in each process.</summary>
    public async Task<IReadOnlyList<DraftCount>> Counts(CancellationToken ct) =>
        [
            await Count<Scope>(ct),
            await Count<ContextIssue>(ct),
            await Count<InterestedParty>(ct),
            await Count<Obligation>(ct),
            await Count<BusinessObjective>(ct),
            await Count<Asset>(ct),
            await Count<Risk>(ct),
            await Count<Control>(ct),
            await Count<Objective>(ct),
            await Count<RoleAssignment>(ct),
            await Count<Document>(ct),
            await Count<Supplier>(ct),
            await Count<CommunicationEntry>(ct),
            await Count<CompetenceNeed>(ct),
            await Count<Cadence>(ct),
        ];

    private async Task<IReadOnlyList<DraftView>> Items(string process, CancellationToken ct) =>
        process switch
        {
            "scope" => await Read<Scope>(s => (s.Statement, $"{s.Boundaries}\n{s.Exclusions}"), ct),
            "issues" => await Read<ContextIssue>(i => (i.Title, i.Told), ct),
            "parties" => await Read<InterestedParty>(p => (p.Name, p.Needs), ct),
            "obligations" => await Read<Obligation>(o => (o.Name, o.Asks), ct),
            "business-objectives" => await Read<BusinessObjective>(b => (b.Title, b.WhySecurity), ct),
            "assets" => await Read<Asset>(
                a =>
                    (
                        a.Name,
                        $"{AssetKinds.All[a.Kind]} · C{a.NeedsConfidentiality} I{a.NeedsIntegrity} A{a.NeedsAvailability}{(a.CrownJewel ? " · crown jewel" : "")}{(a.InScope ? "" : " · out of scope")}"
                    ),
                ct
            ),
            "risks" => await Read<Risk>(r => (r.Title, $"{r.Cause} {r.Consequence}"), ct),
            "controls" => await Read<Control>(
                c =>
                    (
                        c.Caption,
                        $"{(c.Applicability == Applicability.Excluded ? "Left out" : "Applies")}: {c.Justification}"
                    ),
                ct
            ),
            "objectives" => await Read<Objective>(o => (o.Title, o.Plan), ct),
            "roles" => await Read<RoleAssignment>(r => (r.Title, r.Duties), ct),
            "suppliers" => await Read<Supplier>(s => (s.Name, s.Service), ct),
            "communication" => await Read<CommunicationEntry>(
                c => (c.What, $"{c.When}, with {c.WithWhom}: {c.How}"),
                ct
            ),
            "competence" => await Read<CompetenceNeed>(c => (c.RoleTitle, c.What), ct),
            "cadences" => await Read<Cadence>(
                c =>
                    (
                        c.Title,
                        $"Every {(c.EveryMonths == 1 ? "month" : $"{c.EveryMonths} months")}, for {c.Requirement}: {c.What}"
                    ),
                ct
            ),
            "documents" => await Read<Document>(
                d =>
                    (
                        d.Title,
                        $"{d.Kind.Words()}{(d.Clauses.Count + d.Controls.Count > 0 ? $" for {string.Join(", ", d.Clauses.Concat(d.Controls))}" : "")}"
                    ),
                ct
            ),
            _ => throw new InputInvalid("of", "Nothing is proposed in a process of this name."),
        };

    private async Task<DraftCount> Count<T>(CancellationToken ct)
        where T : Proposable
    {
        var kind = RecordKind.Of(typeof(T));
        var counts = await db.Set<T>()
            .GroupBy(r => r.Standing)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new DraftCount(
            kind.Process,
            kind.Prefix,
            counts.GetValueOrDefault(Standing.Proposed),
            counts.GetValueOrDefault(Standing.Adopted),
            counts.GetValueOrDefault(Standing.Rejected)
        );
    }

    private async Task<IReadOnlyList<DraftView>> Read<T>(
        Func<T, (string Title, string Detail)> show,
        CancellationToken ct
    )
        where T : Proposable
    {
        var kind = RecordKind.Of(typeof(T));
        var records = await db.Set<T>()
            .Where(r => r.Standing == Standing.Proposed)
            .OrderBy(r => r.Number)
            .Take(500)
            .ToListAsync(ct);
        var basis = DraftBasis.Of(knowledge, await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct));
        return
        [
            .. records.Select(r =>
            {
                var (title, detail) = show(r);
                return new DraftView(
                    r.Ref,
                    kind.Process,
                    title,
                    OpenText.Read(detail),
                    r.WhyProposed,
                    [.. r.DraftedFrom.Select(basis.Say)],
                    OpenText.In(title, detail)
                );
            }),
        ];
    }
}
