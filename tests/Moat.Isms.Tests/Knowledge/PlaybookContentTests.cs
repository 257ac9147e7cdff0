using System.Text;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>A playbook or duty with a mistake never ships: it is refused with the file and what is wrong.</summary>
public sealed class PlaybookContentTests
{
    private const string Poisoning = "playbooks/training-data-poisoning.md";
    private const string Nis2 = "duties/nis2-art-23.md";

    public static TheoryData<string, string, string, string> Mistakes =>
        new()
        {
            { Poisoning, "id: training-data-poisoning\n", "id: poisoned\n", "The id is 'poisoned'." },
            {
                Poisoning,
                "threats: [training-data-poisoning,",
                "threats: [bad-luck,",
                "There is no threat 'bad-luck'."
            },
            { Poisoning, "controls: [A.5.24,", "controls: [A.5.99,", "There is no control 'A.5.99'." },
            { Poisoning, "duties: [customer-contracts,", "duties: [politeness,", "There is no duty 'politeness'." },
            { Poisoning, "    role: data-steward\n", "    role: wizard\n", "There is no role 'wizard'." },
            {
                Poisoning,
                "  - id: freeze\n    phase",
                "  - id: contain\n    phase",
                "Two steps have the id 'contain'."
            },
            {
                Poisoning,
                "skips: [entrance]",
                "skips: [reproduce]",
                "There is no step after 'kind' with the id 'reproduce'."
            },
            {
                Poisoning,
                "phase: contain\n    title: \"Freeze",
                "phase: triage\n    title: \"Freeze",
                "The phases go back at number 6."
            },
            {
                Poisoning,
                "phase: contain\n    title: \"Freeze",
                "phase: panic\n    title: \"Freeze",
                "There is no phase 'panic'."
            },
            { Poisoning, "phase: review\n", "phase: recover\n", "There is no step in the phase 'review'." },
            { Poisoning, "    within: 180\n", "    within: 20\n", "The times of the steps go back at number 6." },
            { Poisoning, "    - { after: 45,", "    - { after: 5,", "The injects go back at number 3." },
            {
                Poisoning,
                "## What not to do in the first hour",
                "## What not to do",
                "The section '## What not to do in the first hour' is missing."
            },
            {
                Poisoning,
                "applies: { any: [trains-models,",
                "applies: { any: [trains-dogs,",
                "Unknown word 'trains-dogs' in a condition."
            },
            { Poisoning, "cost: \"Half an hour.", "price: \"Half an hour.", "Property 'price' not found" },
            {
                Nis2,
                "when: [nis2-entity, significant]",
                "when: [full-moon]",
                "There is no fact of an incident 'full-moon'."
            },
            {
                Nis2,
                "from: notification\n",
                "from: dinner\n",
                "There is no moment or earlier stage for 'final-report' to count from: 'dinner'."
            },
            { Nis2, "{{measures}}", "{{excuses}}", "There is no placeholder 'excuses'." },
            { Nis2, "hours: 24\n", "hours: 0\n", "The stage 'early-warning' has no time." },
            {
                Nis2,
                "hours: 24\n",
                "hours: 24\n    days: 1\n",
                "The stage 'early-warning' has no time. Give one of hours, days and months."
            },
            {
                Nis2,
                "from: aware\n",
                "from: contained\n",
                "There is no moment or earlier stage for 'early-warning' to count from: 'contained'."
            },
            { Nis2, "as_of: 2026-11-28\n", "", "'as_of'" },
            { Nis2, "as_of: 2026-11-28\n", "as_of: 28 November\n", "duties/nis2-art-23.md:5" },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused_with_the_file_and_what_is_wrong(
        string file,
        string right,
        string wrong,
        string message
    )
    {
        var error = Assert.Throws<ContentError>(() => new KnowledgeBase(With(file, right, wrong)));
        Assert.StartsWith(file + ":", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    internal static IEnumerable<(string Path, string Text)> With(string file, string right, string wrong)
    {
        var assembly = typeof(KnowledgeBase).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("content/", StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            var path = name["content/".Length..].Replace('\\', '/');
            var text = reader.ReadToEnd();
            if (path != file)
            {
                yield return (path, text);
                continue;
            }

            var at = text.IndexOf(right, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{file} has no '{right}' to spoil.");
            yield return (path, text[..at] + wrong + text[(at + right.Length)..]);
        }
    }
}
