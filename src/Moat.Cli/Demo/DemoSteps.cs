using System.Reflection;
using System.Text.Json.Nodes;
using Moat.Cli.Commands;
using Moat.Isms.Drafts;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>What the people of the example company do again and again.</summary>
internal sealed partial class DemoStory
{
    private async Task Improve(string[] codes, CancellationToken ct)
    {
        foreach (var code in codes)
            await cast.Do(
                "ivo",
                "controls.edit",
                new
                {
                    @ref = code,
                    implementation = "implemented",
                    howDone = HowDone(code),
                },
                ct
            );
    }

    private static string HowDone(string code) =>
        code switch
        {
            "A.8.16" =>
                "Traces of both endpoints go to one store; drift, refusal rate and egress have alerts that page the inference engineer.",
            "A.8.12" =>
                "The weights bucket is reachable from the training account only; its egress is metered and alerts above 5 GB a day.",
            "A.8.4" =>
                "Three repositories, two groups with write access, reviewed each quarter; prompts live in the same repository as code.",
            "A.5.23" =>
                "Two clouds, one account for each stage, guard rails as code; the exit for the GPU cloud was tried in March.",
            "A.8.28" =>
                "Two approvals for every change of training code; unsigned commits and unscanned images are refused.",
            "A.8.29" =>
                "The injection suite and the membership-inference probe run before every release; a failed gate stops it.",
            "A.8.31" =>
                "Training, staging and production are separate accounts; no hospital data outside the training account.",
            _ =>
                "The second region takes over in forty minutes; last tried with the whole team on a Saturday in autumn.",
        };

    private async Task CloseAction(string begins, string outcome, CancellationToken ct)
    {
        var tasks = ((Page<Moat.Isms.Work.WorkRow>)await cast.Do("jonas", "tasks.list", new { limit = 200 }, ct)).Items;
        foreach (var task in tasks.Where(t => t.Title.StartsWith(begins, StringComparison.Ordinal)))
            await cast.Do("jonas", "tasks.complete", new { @ref = task.Ref, outcome }, ct);
    }

    private async Task AdoptAll(string who, string process, CancellationToken ct)
    {
        var list = (DraftList)await cast.Do(who, "draft.list", new { of = process }, ct);
        if (list.Items.Count > 0)
            await cast.Do(who, "draft.adopt", new { refs = list.Items.Select(i => i.Ref).ToArray() }, ct);
    }

    private Task<object> Pulse(CancellationToken ct) => cast.Do("jonas", "readiness.record", new JsonObject(), ct);

    private DateOnly Date(int day) => DateOnly.FromDateTime(_begin.AddDays(day).UtcDateTime);

    private static JsonObject Answers()
    {
        using var reader = new StreamReader(Resource("answers.yaml"));
        return InitCommand.ReadAnswers(reader.ReadToEnd(), "answers.yaml");
    }

    private static JsonObject Bom(string name)
    {
        using var content = new MemoryStream();
        Resource(name).CopyTo(content);
        return new JsonObject
        {
            ["file"] = new JsonObject { ["name"] = name, ["content"] = Convert.ToBase64String(content.ToArray()) },
        };
    }

    private static Stream Resource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"Moat.Cli.Demo.{name}")!;
}
