using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Audits;

/// <summary>Something an auditor wants to see.</summary>
public sealed record AskRequest
{
    /// <summary>What is asked for.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Wanted { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The sub-clause or control it is about.</summary>
    [MaxLength(20)]
    public string? Requirement { get; init; }

    /// <summary>The audit it belongs to, such as AUD-2.</summary>
    [MaxLength(80)]
    public string? Audit { get; init; }

    /// <summary>Who answers, such as PER-2; whoever owns the control when left out.</summary>
    [MaxLength(80)]
    public string? Assignee { get; init; }
}

/// <summary>Which requests to list.</summary>
public sealed record ListRequests : ListInput
{
    /// <summary>asked, answered, accepted or returned.</summary>
    public RequestState? State { get; init; }

    /// <summary>Only those that the caller answers.</summary>
    public bool Mine { get; init; }
}

/// <summary>Who answers a request, and by when.</summary>
public sealed record AssignRequest : ChangeRecord
{
    /// <summary>Who answers, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Assignee { get; init; }
}

/// <summary>An answer to a request.</summary>
public sealed record AnswerRequest : ChangeRecord
{
    /// <summary>What there is, and where to look.</summary>
    [MinLength(5), MaxLength(8000)]
    public required string Text { get; init; }

    /// <summary>References of what is shown, such as EVD-12 or DOC-4.</summary>
    [MaxLength(50)]
    public List<string> Shown { get; init; } = [];
}

/// <summary>What an auditor says to an answer.</summary>
public sealed record JudgeRequest : ChangeRecord
{
    /// <summary>What is said; needed when it is returned.</summary>
    [MaxLength(8000)]
    public string? Text { get; init; }
}

/// <summary>What auditors ask for and what the organisation answers.</summary>
[Process(Name, Summary)]
public sealed class RequestProcess(
    MoatDb db,
    CurrentCaller caller,
    RequestDesk desk,
    AuditReading reading,
    RecordFinder records
)
{
    internal const string Name = "requests";
    internal const string Summary = "What an auditor wants to see, by when, and what the organisation shows (9.2).";
    private static readonly Pager<AuditRequest> Pages = new(new SortKey<AuditRequest>("due", r => r.DueOn));

    /// <summary>Requests; members see those that they answer.</summary>
    [Query("list", Permission.Work, "List an auditor's requests; members see those that they answer")]
    public async Task<Page<RequestRow>> List(ListRequests input, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var query = db.Set<AuditRequest>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(r => r.State == state);
        if (input.Mine || !caller.Value.May(Permission.ReadIsms))
            query = query.Where(r => r.AssigneeId == me);
        var page = await Pages.Page(db, query, input, r => r.Id, ct);
        var rows = (
            await db.Set<AuditRequest>()
                .Where(r => page.Items.Contains(r.Id))
                .Select(r => new { r.Id, r.Number })
                .ToListAsync(ct)
        ).ToDictionary(r => r.Id, r => $"REQ-{r.Number}");
        var views = (
            await reading.Requests(db.Set<AuditRequest>().Where(r => page.Items.Contains(r.Id)), ct)
        ).ToDictionary(r => r.Ref);
        return new Page<RequestRow>([.. page.Items.Select(id => views[rows[id]])], page.Total, page.Next);
    }

    /// <summary>A request with everything said to it.</summary>
    [Query("get", Permission.Work, "Read a request with its answers; members see those that they answer")]
    public async Task<RequestView> Get(OneRecord input, CancellationToken ct)
    {
        var request = await db.One<AuditRequest>(input.Ref, ct);
        var row = await reading.Requests(db.Set<AuditRequest>().Where(r => r.Id == request.Id), ct) is [var one]
            ? one
            : throw new NotFound(input.Ref);
        var notes = await db.Set<RequestNote>()
            .Where(n => n.RequestId == request.Id)
            .OrderBy(n => n.Position)
            .ToListAsync(ct);
        var names = new Dictionary<string, string>();
        foreach (var record in await records.All([.. notes.SelectMany(n => n.Shown).Distinct()], ct))
            names[record.Ref] = record.Caption;
        return new RequestView(
            row,
            request.ImportedFrom,
            [
                .. notes.Select(n => new RequestNoteView(
                    n.Brings,
                    n.Text,
                    [.. n.Shown.Select(s => new Named(s, names.GetValueOrDefault(s) ?? s))],
                    n.By,
                    n.CreatedAt
                )),
            ],
            request.Waits && desk.MayAnswer(request),
            request.State == RequestState.Answered && await desk.WhyNotJudge(request, ct) is null
        );
    }

    /// <summary>Asks for something.</summary>
    [Operation("ask", Permission.RaiseFindings, "Ask the organisation for records, by a date")]
    public async Task<Done> Ask(AskRequest input, CancellationToken ct)
    {
        if (input.DueOn < db.Today)
            throw new InputInvalid("dueOn", "This day is over.");
        if (input.Requirement is { } requirement)
            await desk.MustKnow(requirement, ct);
        var audit = input.Audit is null ? null : await db.One<Audit>(input.Audit, ct);
        var assignee = await db.OwnerId(input.Assignee, ct) ?? await desk.OwnerOf(input.Requirement, ct);
        return new Done(
            await desk.Enter(new AskedFor(input.Wanted, input.DueOn, input.Requirement, assignee, audit), ct)
        );
    }

    /// <summary>Gives a request to somebody.</summary>
    [Operation("assign", Permission.PlanAudits, "Say who answers a request")]
    public async Task<Done> Assign(AssignRequest input, CancellationToken ct)
    {
        var request = await db.One<AuditRequest>(input, ct);
        request.AssigneeId = (await db.One<Person>(input.Assignee, ct)).Id;
        if (request.Waits)
            await desk.Remind(request, ct);
        return new Done(request);
    }

    /// <summary>Answers a request, as the one who was asked or as a manager.</summary>
    [Operation(
        "answer",
        Permission.Work,
        "Answer a request with references of what is shown; one's own, or any as a manager"
    )]
    public async Task<Done> Answer(AnswerRequest input, CancellationToken ct)
    {
        var request = await db.One<AuditRequest>(input, ct);
        if (!desk.MayAnswer(request))
            throw new NotFound(input.Ref);
        if (!request.Waits)
            throw new RuleBroken(
                "requests.answer.waits",
                $"{request.Ref} is {request.State.Words().ToLowerInvariant()}: the auditor has to look at it first."
            );
        var shown = input.Shown.Count == 0 ? [] : await records.All(input.Shown, ct);
        // Who may not read the ISMS may not look into it by naming references.
        if (!caller.Value.May(Permission.ReadIsms) && shown.FirstOrDefault(s => !desk.MayShow(s)) is { } hidden)
            throw new InputInvalid("shown", $"Name evidence or documents; {hidden.Ref} is for a manager to show.");
        await desk.Say(request, RequestState.Answered, input.Text, [.. shown.Select(s => s.Ref)], ct);
        foreach (var record in shown)
            await db.Connect(request, LinkTypes.Examines, record, ct);
        return new Done(request);
    }

    /// <summary>The auditor has what they need.</summary>
    [Operation("accept", Permission.RaiseFindings, "Accept an answer: nothing is missing")]
    public Task<Done> Accept(JudgeRequest input, CancellationToken ct) =>
        Judge(input, RequestState.Accepted, input.Text ?? "Seen, nothing is missing.", ct);

    /// <summary>The auditor wants more.</summary>
    [Operation("return", Permission.RaiseFindings, "Return an answer and say what is missing")]
    public Task<Done> Return(JudgeRequest input, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(input.Text)
            ? throw new InputInvalid("text", "Say what is missing.")
            : Judge(input, RequestState.Returned, input.Text, ct);

    private async Task<Done> Judge(JudgeRequest input, RequestState state, string text, CancellationToken ct)
    {
        var request = await db.One<AuditRequest>(input, ct);
        if (request.State != RequestState.Answered)
            throw new RuleBroken(
                "requests.judge.answered",
                $"{request.Ref} is {request.State.Words().ToLowerInvariant()}: there is no new answer."
            );
        if (await desk.WhyNotJudge(request, ct) is { } why)
            throw new RuleBroken("requests.judge.auditor", why);
        await desk.Say(request, state, text, [], ct);
        return new Done(request);
    }
}
