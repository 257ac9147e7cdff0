using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Audits;

/// <summary>A request as it comes in, singly or from a list.</summary>
public sealed record AskedFor(string Wanted, DateOnly DueOn, string? Requirement, Guid? AssigneeId, Audit? Audit)
{
    /// <summary>What tells whether an earlier import entered the same.</summary>
    public string? Source { get; init; }

    /// <summary>The file and row that it was imported from.</summary>
    public string? ImportedFrom { get; init; }
}

/// <summary>Enters requests, moves them on and reminds who has to answer; who may do which.</summary>
public sealed class RequestDesk(MoatDb db, CurrentCaller caller, WorkList work, KnowledgeBase knowledge)
{
    private const string Answer = "request";

    /// <summary>Enters a request and reminds who answers.</summary>
    public async Task<AuditRequest> Enter(AskedFor asked, CancellationToken ct)
    {
        var request = await db.Enter(
            new AuditRequest
            {
                Wanted = asked.Wanted,
                DueOn = asked.DueOn,
                Requirement = asked.Requirement,
                AuditId = asked.Audit?.Id,
                AskedBy = caller.Value.Name,
                AskedById = caller.Value.PersonId,
                AssigneeId = asked.AssigneeId,
                Source = asked.Source,
                ImportedFrom = asked.ImportedFrom,
            },
            ct
        );
        if (asked.Audit is not null)
            await db.Connect(request, LinkTypes.FoundIn, asked.Audit, ct);
        await Remind(request, ct);
        return request;
    }

    /// <summary>Makes sure that somebody knows of it.</summary>
    public Task Remind(AuditRequest request, CancellationToken ct) =>
        work.Ensure(
            request,
            Answer,
            $"Answer {request.Ref}: {request.Wanted}".Cut(300),
            "An auditor waits for it. What is not shown in time counts as not there.",
            request.AssigneeId,
            request.DueOn,
            ct
        );

    /// <summary>Keeps what is said and moves the request on.</summary>
    public async Task Say(
        AuditRequest request,
        RequestState brings,
        string text,
        List<string> shown,
        CancellationToken ct
    )
    {
        var said = await db.Set<RequestNote>().CountAsync(n => n.RequestId == request.Id, ct);
        await db.Enter(
            new RequestNote
            {
                RequestId = request.Id,
                Position = said + 1,
                Brings = brings,
                Text = text,
                Shown = shown,
                By = caller.Value.Name,
                ById = caller.Value.PersonId,
            },
            ct
        );
        request.State = brings;
        if (request.Waits)
            await Remind(request, ct);
        else
            await work.Settle(request, Answer, $"It is {brings.Words().ToLowerInvariant()}.", ct);
    }

    /// <summary>Whoever was asked answers, or a manager; never the auditor who asked.</summary>
    public bool MayAnswer(AuditRequest request) =>
        (caller.Value.PersonId is { } me && request.AssigneeId == me)
        || (
            caller.Value.IsManager
            && (request.AskedById is null || request.AskedById != caller.Value.PersonId || request.Source is not null)
        );

    /// <summary>
    /// Why the caller may not say that an answer is good; null when they may: it is for the auditor, and never for who
    /// answered.
    /// </summary>
    public async Task<string?> WhyNotJudge(AuditRequest request, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        if (caller.Value.Role != Role.Auditor && (me is null || request.AskedById != me))
            return "The auditor who asked says whether the answer is enough.";
        return
            me is not null
            && await db.Set<RequestNote>()
                .AnyAsync(n => n.RequestId == request.Id && n.Brings == RequestState.Answered && n.ById == me, ct)
            ? "Whoever answered does not say whether the answer is enough."
            : null;
    }

    /// <summary>What somebody may show who does not read the whole ISMS.</summary>
    public bool MayShow(Referenced record) =>
        record switch
        {
            Document document => document.OwnerId == caller.Value.PersonId
                || document.Classification <= DocumentClass.Internal,
            EvidenceItem evidence => evidence.CollectedBy == caller.Value.Name,
            _ => false,
        };

    /// <summary>Refuses a requirement that nobody knows.</summary>
    public async Task MustKnow(string requirement, CancellationToken ct)
    {
        if (!await Knows(requirement, ct))
            throw new InputInvalid("requirement", $"{requirement} is no sub-clause of 4 to 10 and no control.");
    }

    /// <summary>Whether it is a sub-clause or a control.</summary>
    public async Task<bool> Knows(string requirement, CancellationToken ct) =>
        knowledge.Clauses.Any(c => c.Id == requirement)
        || await db.Set<Control>().AnyAsync(c => c.Code == requirement, ct);

    /// <summary>Who owns the control that a request is about.</summary>
    public async Task<Guid?> OwnerOf(string? requirement, CancellationToken ct) =>
        requirement is null
            ? null
            : await db.Set<Control>().Where(c => c.Code == requirement).Select(c => c.OwnerId).FirstOrDefaultAsync(ct);
}
