using System.Text.Json.Nodes;
using Moat.Isms.Communication;

namespace Moat.Cli.Demo;

/// <summary>The plan of communication, and how it is kept.</summary>
internal sealed partial class DemoStory
{
    private const int DaysAhead = 30;

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

    /// <summary>
    /// Says what the communication plan asks for next; the figures for management and the news for everybody have words
    /// of their own.
    /// </summary>
    private async Task KeepPlan(int month, CancellationToken ct)
    {
        var soon = Date(_day + DaysAhead);
        foreach (var entry in (await Plan(ct)).Where(e => e.NextOn <= soon))
            if (Promised(entry, month) is { } what)
                await cast.Do("jonas", "communication.send", new { @ref = entry.Ref, what }, ct);
    }

    private static string? Promised(CommunicationView entry, int month) =>
        entry.What.Split(' ', 3) switch
        {
            ["New", "attacks", ..] =>
                $"Read by Nadia for month {month}: mailing lists of ATLAS and OWASP, the CSIRT's notices. {(month % 4 == 0 ? "A typosquatted tokenizer package; we do not use it, and the allow-list would have refused it." : "Nothing that concerns us beyond what the register knows.")}",
            ["Changes", "of", ..] =>
                $"Carla read terms and trust pages of all three suppliers in month {month}. {(month > 8 ? "Lumen ends a region that we do not use." : "No change of retention or regions.")}",
            ["Where", "to", ..] =>
                "Ben posted address and phone number in the main channel, and told what became of the mail that Carla reported: nothing was wrong, and it was right to ask.",
            ["What", "labellers", ..] =>
                "Dana briefed the annotators in their rooms; 14 signed the sheet, two asked what to do with a name in a note.",
            _ => null,
        };

    private async Task<IReadOnlyList<CommunicationView>> Plan(CancellationToken ct) =>
        (IReadOnlyList<CommunicationView>)await cast.Do("jonas", "communication.list", new JsonObject(), ct);
}
