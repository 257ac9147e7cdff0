using System.Text.Json.Nodes;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Overviews;
using Moat.Knowledge;

namespace Moat.Cli.Demo;

/// <summary>How documents are released, revised and confirmed.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] WithReviewers = ["dana", "ivo"];

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
    private async Task Release(string reference, CancellationToken ct)
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
        await Release(document.Ref, ct);
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

    private async Task TellDutyDesksFirst(CancellationToken ct)
    {
        await Revise(
            "incident-response",
            "After the exercise: whoever takes the endpoint down tells the hospitals' duty desk first.",
            major: false,
            _dutyDesk,
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
}
