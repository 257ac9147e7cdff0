using System.Text.RegularExpressions;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Of two people who read the same record, the second learns of the first: at every operation that changes a record,
/// and on every form that does. Nobody's change is undone without a word.
/// </summary>
[Collection(nameof(Corvid))]
[TakesLong]
public sealed partial class TwoWritersTests(Corvid corvid)
{
    /// <summary>Operations on one record that need no version, and why.</summary>
    private static readonly Dictionary<string, string> NeedNone = new()
    {
        ["access-reviews.confirm"] =
            "adds how a decision was seen carried out; an access is confirmed by whoever was asked about it",
        ["access-reviews.decide"] =
            "each access of a review is decided by the one who was asked; others decide about others at the same time",
        ["access-reviews.keep-rest"] = "decides only what is still undecided and waits for the caller",
        ["access-reviews.name-holder"] = "refused when the holder is known by then",
        ["actions.link-update"] = "adds a link",
        ["business-objectives.tie"] = "adds links",
        ["business-objectives.untie"] = "takes away the links that it names; doing it twice is the same",
        ["changes.link-update"] = "adds links",
        ["checks.except"] = "adds an exception",
        ["communication.send"] = "adds that something was said",
        ["competence.judge"] = "adds a judgement beside those before",
        ["documents.acknowledge"] = "compares the hash of the text that was read",
        ["documents.remark"] = "adds a remark",
        ["documents.remind"] = "adds that somebody was reminded",
        ["improvements.link-update"] = "adds links",
        ["incidents.hand-over"] = "adds a line to the custody of evidence",
        ["incidents.note"] = "adds a line to the timeline",
        ["lessons.plan-action"] = "adds an action",
        ["lessons.propose-improvement"] = "adds an improvement",
        ["nonconformities.plan-action"] = "adds an action",
        ["playbook-runs.contain"] = "adds to the protocol of a run in which several people act at once",
        ["playbook-runs.do"] = "adds to the protocol of a run; a step that is done is not done again",
        ["playbook-runs.preserve"] = "adds to the protocol of a run",
        ["playbook-runs.skip"] = "adds to the protocol of a run; a step that is done is not skipped",
        ["reviews.bring"] = "adds a note to a topic",
        ["reviews.decide"] = "adds a decision",
        ["risks.plan-action"] = "adds an action",
        ["suppliers.add-certificate"] = "adds a certificate",
        ["suppliers.ask"] = "adds a questionnaire",
        ["training.answer-quiz"] = "answers one's own quiz, which nobody else can",
        ["training.start-quiz"] = "begins one's own quiz, which nobody else can",
    };

    [Fact]
    public void Every_operation_on_a_record_takes_the_version_that_was_read_or_says_why_not()
    {
        var without = corvid.Catalog.All.Where(o =>
            o.ChangesRecords
            && o.OnOneRecord
            && o.Permission != Permission.System
            && !o.InputType.IsSubclassOf(typeof(ChangeRecord))
            && o.InputType != typeof(ChangeRecord)
        );
        Assert.Equal(
            NeedNone.Keys.Order(StringComparer.Ordinal),
            without.Select(o => o.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_form_that_changes_a_record_sends_the_version_that_it_shows()
    {
        using var browser = await corvid.SignedIn();
        var (wrong, seen) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>());
        await foreach (var (path, page) in ExamplePages.Walk(browser))
        {
            foreach (Match form in OperationForms().Matches(page))
            {
                var operation = corvid.Catalog.Find(form.Groups["operation"].Value)!;
                seen.Add(operation.Name);
                var html = form.Value;
                if (
                    operation.InputType.GetProperty("IfVersion") is not null
                    && !html.Contains("name=\"ifVersion\"", StringComparison.Ordinal)
                )
                    wrong.Add($"{path} {operation.Name}: no version");
                if (Ends(operation) && !html.Contains("m-sure", StringComparison.Ordinal))
                    wrong.Add($"{path} {operation.Name}: ends something at the first press");
                if (html.Contains("maxlength=", StringComparison.Ordinal))
                    wrong.Add($"{path} {operation.Name}: cuts what is pasted");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(seen.Count > 100, $"Only {seen.Count} kinds of forms were seen.");
    }

    // What ends access or takes something out of force is confirmed after its consequence was read.
    private static bool Ends(Operation operation) =>
        operation.Verb
            is "revoke"
                or "revoke-token"
                or "remove"
                or "retire"
                or "merge"
                or "untie"
                or "unrelate"
                or "withdraw"
                or "withdraw-acceptance"
                or "withdraw-measurement"
                or "withdraw-invitation"
                or "drop"
                or "end"
                or "end-exception"
                or "take-back-check"
                or "revoke-address"
                or "renew-secret"
                or "decline"
                or "dismiss";

    [GeneratedRegex("<form [^>]*data-operation=\"(?<operation>[^\"]+)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex OperationForms();
}
