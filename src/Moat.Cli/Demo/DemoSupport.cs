using System.Text.Json.Nodes;
using Moat.Isms.Communication;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Overviews;
using Moat.Isms.People.Competence;
using Moat.Isms.Suppliers;
using Moat.Isms.Training;
using Moat.Knowledge;

namespace Moat.Cli.Demo;

/// <summary>What the example company writes, learns, asks its suppliers and says.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] WithReviewers = ["dana", "ivo"];
    private static readonly string[] LawControl = ["A.5.31"];
    private static readonly string[] HallControls = ["A.7.2", "A.7.11"];

    /// <summary>
    /// Documents, competence, courses, suppliers and the communication plan, after the first statement of
    /// applicability.
    /// </summary>
    private async Task Toolkit(string password, CancellationToken ct)
    {
        await On(89, ct: ct);
        await AdoptAll("jonas", "documents", ct);
        var documents = await Documents(ct);
        foreach (var document in documents)
            await cast.Do(
                "jonas",
                "documents.describe",
                new { @ref = document.Ref, owner = cast.People[OwnerOf(document)] },
                ct
            );
        // Documents print what each supplier does, and none is approved while that is open.
        foreach (var (index, supplier) in (await AllSuppliers(ct)).Index())
            await cast.Do("jonas", "suppliers.edit", new { @ref = supplier.Ref, service = ServiceOf(index) }, ct);
        foreach (var document in documents)
            await Release(document.Ref, password, ct);
        await cast.Do(
            "jonas",
            "documents.add-external",
            new
            {
                title = "EU AI Act, Regulation (EU) 2024/1689",
                note = "The consolidated text; we provide a high-risk system. Looked at when a guideline of the Commission appears.",
                address = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
                owner = cast.People["sofia"],
                requirements = LawControl,
            },
            ct
        );
        await On(92, ct: ct);
        foreach (var who in DemoCast.Staff)
            await Acknowledge(who, ct);
        await Competence(ct);
        await On(94, ct: ct);
        await cast.Do("jonas", "training.assign-by-rules", new JsonObject(), ct);
        await On(99, ct: ct);
        foreach (var who in DemoCast.Staff)
            await Learn(who, failsFirst: who is "emil" or "carla", ct);
        await Suppliers(ct);
        await Communicate(ct);
        await Pulse(ct);
    }

    private async Task MonthlySupport(int month, string password, CancellationToken ct)
    {
        await Say(
            "How the ISMS does",
            $"Figures of month {month}: what is overdue, what moved, what needs a decision.",
            ct
        );
        await KeepPlan(month, ct);
        if (month % 3 == 0)
            await Say(
                "What changed in policies",
                "New rules in five minutes, one phishing try that somebody reported, thanks to two people.",
                ct
            );
        if (month == 6)
            await Revise(
                "training-data-governance",
                "A new hospital sends night admissions; batches are compared by time of day from now on.",
                major: true,
                await RiskOf("training-data-poisoning", ct),
                password,
                ct
            );
        if (month == 7)
            await CloseGaps(ct);
        if (month == 9)
            await TellDutyDesksFirst(password, ct);
        if (month == 10)
            await PlanAgain(ct);
        if (month == 12)
            await YearlySupport(ct);
    }

    /// <summary>
    /// What comes round after a year: refreshed courses, documents read again, suppliers looked at again.
    /// </summary>
    private async Task YearlySupport(CancellationToken ct)
    {
        await cast.Do("jonas", "training.assign-by-rules", new JsonObject(), ct);
        foreach (var who in DemoCast.Staff)
            await Learn(who, failsFirst: false, ct);
        foreach (
            var document in (await Documents(ct)).Where(d =>
                d.NextReviewOn < DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(120)
            )
        )
            await cast.Do(
                "jonas",
                "documents.confirm",
                new
                {
                    @ref = document.Ref,
                    reason = "Read against the year's incidents and the new model; it still says what we do.",
                },
                ct
            );
        foreach (var supplier in await AllSuppliers(ct))
            await cast.Do(
                "jonas",
                "suppliers.assess",
                new { @ref = supplier.Ref, judgement = SeenAt(supplier.Name) },
                ct
            );
    }

    private static string SeenAt(string supplier) =>
        supplier switch
        {
            "Labelforge" =>
                "Certificate renewed; five records of each month were annotated again and agreed; two annotators left and their terminals are closed.",
            "Granite GPU Cloud" =>
                "Report renewed without an exception; a wipe report for each of our runs; the second region was tried in summer.",
            "Lumen Model API" =>
                "Report renewed, no exception that concerns us, retention setting seen in the console on the day.",
            _ => $"{supplier}: terms and trust page read, nothing that concerns us changed within the year.",
        };

    private async Task<IReadOnlyList<DocumentRow>> Documents(CancellationToken ct) =>
        [
            .. ((Page<DocumentRow>)await cast.Do("jonas", "documents.list", new { limit = 200 }, ct)).Items.Where(d =>
                d.Kind != DocumentKind.External
            ),
        ];

    private static string OwnerOf(DocumentRow document) =>
        KnowledgeBase.Shipped.DocumentById[document.Key].OwnerRole switch
        {
            "data-steward" => "dana",
            "model-owner" => "lea",
            "ml-platform-owner" or "security-engineer" => "ivo",
            "privacy-lead" => "sofia",
            "people-lead" => "tomas",
            "supplier-manager" => "carla",
            _ => "jonas",
        };

    /// <summary>Decides, has it reviewed by two people, approves and publishes.</summary>
    private async Task Release(string reference, string password, CancellationToken ct)
    {
        var document = (DocumentView)await cast.Do("jonas", "documents.get", new { @ref = reference }, ct);
        foreach (var point in document.Decisions.Where(d => d.Decided is null))
            await cast.Do(
                "jonas",
                "documents.decide",
                new
                {
                    @ref = reference,
                    point = point.Id,
                    option = point.Options[point.Options.Count > 2 ? 1 : 0].Value,
                },
                ct
            );
        await cast.Do(
            "jonas",
            "documents.submit",
            new { @ref = reference, reviewers = WithReviewers.Select(r => cast.People[r]) },
            ct
        );
        foreach (var reviewer in WithReviewers)
            await cast.Do(reviewer, "documents.review", new { @ref = reference, verdict = "approves" }, ct);
        await cast.Do("mara", "documents.approve", new { @ref = reference }, ct);
        await cast.Do("mara", "documents.publish", new { @ref = reference }, ct);
    }

    private async Task Revise(
        string key,
        string reason,
        bool major,
        string because,
        string password,
        CancellationToken ct,
        bool confirm = true
    )
    {
        var document = (await Documents(ct)).Single(d => d.Key == key);
        await cast.Do(
            "jonas",
            "documents.revise",
            new
            {
                @ref = document.Ref,
                reason,
                major,
                because,
            },
            ct
        );
        var draft = (DocumentView)await cast.Do("jonas", "documents.get", new { @ref = document.Ref }, ct);
        await cast.Do(
            "jonas",
            "documents.edit",
            new { @ref = document.Ref, source = $"{draft.Source}\n\n## What we learned\n\n{reason}\n" },
            ct
        );
        await Release(document.Ref, password, ct);
        if (!confirm)
            return;
        foreach (var who in DemoCast.Staff)
            await Acknowledge(who, ct);
        await cast.Do(
            "jonas",
            "training.assign",
            new
            {
                course = "data-scientists",
                people = new[] { cast.People["ben"] },
                reason = $"{document.Title} changed: {reason}",
                days = 21,
                because = document.Ref,
            },
            ct
        );
        await Learn("ben", failsFirst: false, ct);
    }

    private async Task TellDutyDesksFirst(string password, CancellationToken ct)
    {
        await Revise(
            "incident-response",
            "After the exercise: whoever takes the endpoint down tells the hospitals' duty desk first.",
            major: false,
            _dutyDesk,
            password,
            ct
        );
        await Complete(
            "jonas",
            _dutyDesk,
            "The procedure names the five desks with their numbers, and the run of each playbook asks for the call.",
            [(await Documents(ct)).Single(d => d.Key == "incident-response").Ref],
            ct
        );
    }

    private async Task Acknowledge(string who, CancellationToken ct)
    {
        var mine = (MySecurityView)await cast.Do(who, "my.security", new JsonObject(), ct);
        foreach (var asked in mine.Read.Where(r => r.ConfirmedAt is null))
            await cast.Do(who, "documents.acknowledge", new { @ref = asked.Ref }, ct);
    }

    private async Task Learn(string who, bool failsFirst, CancellationToken ct)
    {
        var mine = (MySecurityView)await cast.Do(who, "my.security", new JsonObject(), ct);
        foreach (var course in mine.Learn.Where(l => l.PassedAt is null))
        {
            if (failsFirst)
                await Attempt(who, course, right: false, ct);
            await Attempt(who, course, right: true, ct);
        }
    }

    private async Task Attempt(string who, MyCourse course, bool right, CancellationToken ct)
    {
        var quiz = (QuizView)await cast.Do(who, "training.start-quiz", new { @ref = course.Ref }, ct);
        var bank = KnowledgeBase.Shipped.CourseById[course.CourseId].Questions.ToDictionary(q => q.Id);
        // Even who passes gets one wrong now and then.
        var answers = quiz.Questions.Select(
            (q, i) =>
                $"{q.Id}={(right && (i > 0 || who.Length % 2 == 0) ? bank[q.Id].Answer : bank[q.Id].Answer % q.Options.Count + 1)}"
        );
        await cast.Do(who, "training.answer-quiz", new { @ref = quiz.Ref, answers }, ct);
    }

    private async Task Competence(CancellationToken ct)
    {
        await cast.Do("jonas", "competence.draft", new JsonObject(), ct);
        await AdoptAll("jonas", "competence", ct);
        var rows = (IReadOnlyList<CompetenceView>)await cast.Do("jonas", "competence.list", new JsonObject(), ct);
        foreach (var (index, row) in rows.Where(r => r.PersonRef is not null).Index())
        {
            var judge = row.PersonRef == cast.People["jonas"] ? "mara" : "jonas";
            if (index % 9 == 4)
                await cast.Do(
                    judge,
                    "competence.judge",
                    new
                    {
                        @ref = row.Ref,
                        shown = false,
                        ground = "training",
                        what = "Has read about it, but never done it here.",
                        step = "Half a day with planted poison in a copy of the set; the sheet is kept",
                        stepBy = Date(_day + 100),
                    },
                    ct
                );
            else
                await cast.Do(
                    judge,
                    "competence.judge",
                    new
                    {
                        @ref = row.Ref,
                        shown = true,
                        ground = index % 2 == 0 ? "experience" : "training",
                        what = "Seen at work in the last release: reviewed by a second person and kept with it.",
                    },
                    ct
                );
        }
    }

    private async Task CloseGaps(CancellationToken ct)
    {
        var rows = (IReadOnlyList<CompetenceView>)await cast.Do("jonas", "competence.list", new JsonObject(), ct);
        foreach (var row in rows.Where(r => r is { State: "gap", CheckedOn: null, ProofRef: not null }))
            await cast.Do(
                row.PersonRef == cast.People["jonas"] ? "mara" : "jonas",
                "competence.check",
                new
                {
                    @ref = row.ProofRef,
                    closed = true,
                    how = "Found 47 of 50 planted records in two hours and named their source.",
                },
                ct
            );
    }

    private async Task<IReadOnlyList<SupplierRow>> AllSuppliers(CancellationToken ct) =>
        ((Page<SupplierRow>)await cast.Do("jonas", "suppliers.list", new { limit = 100 }, ct)).Items;

    private static string ServiceOf(int index) =>
        index switch
        {
            0 => "Model API that words the advice",
            1 => "GPU capacity for training",
            _ => "Annotation of clinical notes, in their own rooms",
        };

    private async Task Suppliers(CancellationToken ct)
    {
        foreach (var (index, supplier) in (await AllSuppliers(ct)).Index())
        {
            await cast.Do(
                "jonas",
                "suppliers.edit",
                new
                {
                    @ref = supplier.Ref,
                    owner = cast.People["carla"],
                    service = ServiceOf(index),
                    gets = index switch
                    {
                        0 => "Prompts without names",
                        1 => "Training data and weights, encrypted",
                        _ => "Notes without names, on our terminals only",
                    },
                    dataClass = index == 1 ? 4 : 3,
                    stopsUs = index < 2,
                    contract = $"Framework contract {2025 + index}-07, three months' notice",
                    contractEndsOn = Date(Days + 200 + 30 * index),
                    dataAgreement = "Signed with the framework contract; zero retention agreed in annex 2",
                    countries = index == 0 ? "Ireland, Germany" : "Germany",
                    trainsOnOurData = "no",
                    exitPlan = "Weights, prompts and data live with us. A second provider is tried each year; the last try took two days.",
                },
                ct
            );
            await cast.Do(
                "jonas",
                "suppliers.add-certificate",
                new
                {
                    @ref = supplier.Ref,
                    title = index == 0 ? "SOC 2 Type II" : "ISO/IEC 27001",
                    issuer = "Accredited body",
                    from = Date(_day - 120),
                    until = Date(Days + 60),
                    scope = "The regions and services that we use",
                    controls = index == 1 ? HallControls : [],
                    exceptions = index == 0
                        ? "One exception on leavers' access, closed in the period; it does not touch our tenant."
                        : null,
                },
                ct
            );
            await cast.Do(
                "jonas",
                "suppliers.assess",
                new
                {
                    @ref = supplier.Ref,
                    judgement = "Report and contract read; retention and training settings checked in the console; nothing open.",
                },
                ct
            );
        }
    }

    private async Task Communicate(CancellationToken ct)
    {
        foreach (var entry in await Plan(ct))
            await cast.Do(
                "jonas",
                "communication.edit",
                new
                {
                    @ref = entry.Ref,
                    owner = cast.People[
                        entry.OwnerRole switch
                        {
                            "privacy-lead" => "sofia",
                            "incident-lead" => "ben",
                            "model-owner" => "lea",
                            "supplier-manager" => "carla",
                            "security-engineer" => "nadia",
                            "data-steward" => "dana",
                            _ => "jonas",
                        }
                    ],
                },
                ct
            );
        // Fortnightly was a promise that one engineer would not have kept.
        if (
            (await Plan(ct)).FirstOrDefault(e => e.What.StartsWith("New attacks", StringComparison.Ordinal)) is { } news
        )
            await cast.Do(
                "jonas",
                "communication.edit",
                new
                {
                    @ref = news.Ref,
                    when = "Every month, and at once when it concerns us",
                    everyDays = 30,
                },
                ct
            );
    }

    private async Task Say(string begins, string what, CancellationToken ct)
    {
        if ((await Plan(ct)).FirstOrDefault(e => e.What.StartsWith(begins, StringComparison.Ordinal)) is { } entry)
            await cast.Do(
                "jonas",
                "communication.send",
                new
                {
                    @ref = entry.Ref,
                    what,
                    address = "https://corvid.example/intranet/isms",
                },
                ct
            );
    }

    private async Task PlanAgain(CancellationToken ct)
    {
        if (
            (await Plan(ct)).FirstOrDefault(e => e.What.StartsWith("What changed", StringComparison.Ordinal)) is
            { } entry
        )
            await cast.Do(
                "jonas",
                "communication.edit",
                new
                {
                    @ref = entry.Ref,
                    how = "Ten minutes in the all-hands and a card at the coffee machine: two people said the mail drowned.",
                },
                ct
            );
    }

    private async Task<IReadOnlyList<CommunicationView>> Plan(CancellationToken ct) =>
        (IReadOnlyList<CommunicationView>)await cast.Do("jonas", "communication.list", new JsonObject(), ct);
}
