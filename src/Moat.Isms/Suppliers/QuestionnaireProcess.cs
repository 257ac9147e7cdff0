using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Webhooks;
using Moat.Knowledge;

namespace Moat.Isms.Suppliers;

/// <summary>What a supplier sees through its link.</summary>
public sealed record OpenQuestionnaire(
    string Organization,
    string Supplier,
    DateTime ExpiresAt,
    bool Answered,
    IReadOnlyList<SupplierQuestion> Questions
);

/// <summary>Names a questionnaire by its link's secret.</summary>
public sealed record ChooseQuestionnaire
{
    /// <summary>The link's secret.</summary>
    [System.ComponentModel.DataAnnotations.MaxLength(200)]
    public required string Secret { get; init; }
}

/// <summary>Questionnaires that suppliers fill through an expiring link, without an account.</summary>
[Process(SupplierRegister.Name, SupplierRegister.Summary)]
public sealed class QuestionnaireProcess(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    PublicAddress address
)
{
    /// <summary>Makes the link, which is told once.</summary>
    [Operation(
        "ask",
        Permission.EditSuppliers,
        "Make a questionnaire for a supplier; answers the expiring link, which is told once"
    )]
    public async Task<MadeQuestionnaire> Ask(AskSupplier input, CancellationToken ct)
    {
        var supplier = await db.One<Supplier>(input.Ref, ct);
        var secret = Secret.New();
        var asked = await db.Enter(
            new SupplierQuestionnaire
            {
                SupplierId = supplier.Id,
                SupplierName = supplier.Name,
                SentTo = PeopleDirectory.Fold(input.SentTo),
                SecretHash = Secret.Hash(secret),
                ExpiresAt = db.Now.AddDays(input.Days),
                Questions = [.. knowledge.SupplierQuestions.Select(q => q.Id)],
            },
            ct
        );
        return new MadeQuestionnaire(address.Link("answer", caller.Value.Organization, secret), asked.ExpiresAt);
    }

    /// <summary>The questions behind a link. Throws <see cref="NotFound"/> for a wrong or expired one.</summary>
    [Query("open-link", Permission.System, "The questions behind a supplier's link")]
    public async Task<OpenQuestionnaire> Open(ChooseQuestionnaire input, CancellationToken ct)
    {
        var asked = await Find(input.Secret, ct);
        var name = await db.Organizations.Where(o => o.Id == caller.OrganizationId).Select(o => o.Name).FirstAsync(ct);
        return new OpenQuestionnaire(
            name,
            asked.SupplierName,
            asked.ExpiresAt,
            asked.AnsweredAt is not null,
            [.. knowledge.SupplierQuestions.Where(q => asked.Questions.Contains(q.Id))]
        );
    }

    /// <summary>Keeps a supplier's answers.</summary>
    [Operation("answer-link", Permission.System, "Keep the answers that a supplier gives through its link")]
    public async Task<Done> Answer(AnswerSupplierQuestions input, CancellationToken ct)
    {
        var asked = await Find(input.Secret, ct);
        var answers = input
            .Answers.Where(a => a.Split('=', 2) is [var id, { Length: > 0 }] && asked.Questions.Contains(id))
            .ToList();
        var missing = asked
            .Questions.Where(q => answers.All(a => !a.StartsWith(q + "=", StringComparison.Ordinal)))
            .ToList();
        if (missing.Count > 0)
            throw new InputInvalid([
                .. missing.Select(m => new FieldError(
                    m,
                    "Please answer; \"does not apply\" with a reason is an answer."
                )),
            ]);
        if (answers.FirstOrDefault(a => a.Length > 4000) is { } tooLong)
            throw new InputInvalid(tooLong.Split('=')[0], "At most 4,000 characters.");
        asked.Answer(answers, input.By, db.Now);
        return new Done(asked);
    }

    private async Task<SupplierQuestionnaire> Find(string secret, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(secret), db.Now);
        return await db.Set<SupplierQuestionnaire>()
                .FirstOrDefaultAsync(q => q.SecretHash == hash && q.ExpiresAt > now, ct)
            ?? throw new NotFound("such questionnaire, or its link has expired");
    }
}
