using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Improvement;

/// <summary>
/// Threat news (A.5.7): new knowledge proposes which risks to reassess and which documents to review; a person decides.
/// </summary>
[Process(Name, Summary)]
public sealed class ThreatNewsProcess(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    NewsDesk desk,
    ThreatComparer comparer,
    AlteredRecords altered
)
{
    internal const string Name = "threat-news";
    internal const string Summary =
        "New knowledge about threats, the risks and documents that it concerns, and what was decided about each (A.5.7).";
    private const int DaysToAct = 30;
    private static readonly Pager<ThreatNews> Pages = new();

    /// <summary>A page of the news.</summary>
    [Query("list", Permission.ReadIsms, "List news about threats and what was decided")]
    public Task<Page<NewsRow>> List(ListNews input, CancellationToken ct)
    {
        var query = db.Set<ThreatNews>().AsQueryable();
        if (input.Decision is { } decision)
            query = query.Where(n => n.Decision == decision);
        return Pages.Page(db, query, input with { Sort = input.Sort ?? "-number" }, Rows(), ct);
    }

    /// <summary>One item of news with the risks and documents that it concerns.</summary>
    [Query("get", Permission.ReadIsms, "Read news about a threat with the risks and documents that it concerns")]
    public async Task<NewsView> Get(OneRecord input, CancellationToken ct)
    {
        var n = await db.One<ThreatNews>(input.Ref, ct);
        var risks = await desk.RisksOf(n, ct);
        var purpose = LearnedChanges.Purpose(n);
        var tasks = await db.Set<WorkItem>()
            .Where(t => t.Purpose == purpose)
            .OrderBy(t => t.Number)
            .Take(100)
            .ToListAsync(ct);
        return new NewsView(
            await db.Set<ThreatNews>().Where(x => x.Id == n.Id).Select(Rows()).FirstAsync(ct),
            n.About,
            n.Summary,
            [
                .. n
                    .Threats.Select(knowledge.ThreatById.GetValueOrDefault)
                    .OfType<ThreatEntry>()
                    .Select(t => new Related(t.Id, t.Title, t.AppliesWhen)),
            ],
            [
                .. risks.Select(r => new Related(
                    r.Ref,
                    r.Title,
                    r.AssessedAt is { } at ? $"stands at {r.CurrentScore}, assessed {at:yyyy-MM-dd}" : "not assessed"
                )),
            ],
            await desk.DocumentsOf(n, risks, ct),
            [.. tasks.Select(t => new Related(t.Ref, t.Title, t.State.Words()))],
            await altered.Linked(n.Id, LinkTypes.LearnedFrom, outgoing: false, ct)
        );
    }

    /// <summary>News that somebody read or heard.</summary>
    [Operation("create", Permission.EditRisks, "Enter news about a threat that you read or heard")]
    public async Task<Done> Create(TellNews input, CancellationToken ct)
    {
        if (input.Threats.FirstOrDefault(t => !knowledge.ThreatById.ContainsKey(t)) is { } unknown)
            throw new InputInvalid("threats", $"There is no threat {unknown}.");
        return new Done(
            await desk.Enter(
                new ThreatNews
                {
                    Title = input.Title,
                    Kind = NewsKind.Told,
                    Origin = input.Origin,
                    Summary = input.Summary,
                    Threats = [.. input.Threats.Distinct()],
                    ReceivedOn = db.Today,
                },
                ct
            )
        );
    }

    /// <summary>
    /// Compares a release of MITRE ATLAS with the one before. The first one only sets what later ones are compared
    /// with.
    /// </summary>
    [Operation(
        "import-atlas",
        Permission.EditRisks,
        "Compare a release of MITRE ATLAS with the one before; what is new or different becomes news"
    )]
    public Task<ThreatComparison> ImportAtlas(ImportAtlas input, CancellationToken ct) =>
        comparer.Compare(input.File.Read(AtlasReader.Read), ct);

    /// <summary>Compares the shipped catalogue with what was seen last.</summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.EditRisks,
            "Compare the shipped threat catalogue with what this organisation saw last; done daily by the server"
        )
    ]
    public Task<ThreatComparison> KeepCurrent(Nothing input, CancellationToken ct) => comparer.CompareShipped(ct);

    /// <summary>Decides what is done about news; those who own the risks and documents get a task each.</summary>
    [Operation(
        "decide",
        Permission.EditRisks,
        "Decide about news: reassess risks, review documents, both, or nothing for a reason"
    )]
    public async Task<Tally> Decide(DecideNews input, CancellationToken ct)
    {
        var n = await db.One<ThreatNews>(input, ct);
        if (input.Decision == NewsDecision.Open)
            throw new InputInvalid("decision", "One of reassess, review, reassess-and-review, nothing.");
        if (input.Decision == NewsDecision.Nothing && (input.Reason?.Trim().Length ?? 0) < 10)
            throw new InputInvalid("reason", "Say why nothing has to be done, so that an auditor can follow it.");
        var due = input.DueOn ?? db.Today.AddDays(DaysToAct);
        if (due < db.Today)
            throw new InputInvalid("dueOn", "This day is over.");
        var risks = input.Decision is NewsDecision.Reassess or NewsDecision.ReassessAndReview
            ? await Risks(n, input.Risks, ct)
            : [];
        var documents = input.Decision is NewsDecision.Review or NewsDecision.ReassessAndReview
            ? await Documents(n, input.Documents, ct)
            : [];
        if (input.Decision != NewsDecision.Nothing && risks.Count + documents.Count == 0)
            throw new InputInvalid(
                input.Decision == NewsDecision.Review ? "documents" : "risks",
                "It concerns no adopted record by itself. Name the risks or documents, or enter a new risk and decide for nothing with that as the reason."
            );
        n.Decide(input.Decision, input.Reason, db.Today, caller.Value.Name);
        return new Tally(await desk.Ask(n, risks, documents, due, ct), []);
    }

    private async Task<IReadOnlyList<Risk>> Risks(ThreatNews news, List<string> named, CancellationToken ct)
    {
        if (named.Count == 0)
            return await desk.RisksOf(news, ct);
        var risks = new List<Risk>();
        foreach (var reference in named.Distinct())
            risks.Add(await db.One<Risk>(reference, ct));
        return risks;
    }

    private async Task<IReadOnlyList<Document>> Documents(ThreatNews news, List<string> named, CancellationToken ct)
    {
        var references =
            named.Count > 0
                ? named
                : [.. (await desk.DocumentsOf(news, await desk.RisksOf(news, ct), ct)).Select(d => d.Ref)];
        var documents = new List<Document>();
        foreach (var reference in references.Distinct())
            documents.Add(await db.One<Document>(reference, ct));
        return documents;
    }

    private Expression<Func<ThreatNews, NewsRow>> Rows()
    {
        var tasks = db.Set<WorkItem>().Where(t => t.State == WorkState.Open);
        return n => new NewsRow(
            "NEWS-" + n.Number,
            n.Version,
            n.Title,
            n.Kind,
            n.Origin,
            n.ReceivedOn,
            n.Decision,
            n.Reason,
            n.DecidedBy,
            n.DecidedOn,
            tasks.Count(t => t.Purpose == "news:NEWS-" + n.Number)
        );
    }
}
