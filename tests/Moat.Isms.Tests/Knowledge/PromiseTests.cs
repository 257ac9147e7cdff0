using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// What the company promises in one text it promises in every other: the same number of hours or days wherever a
/// promise stands.
/// </summary>
public sealed class PromiseTests
{
    private static readonly string[] Words =
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ];
    private static readonly Dictionary<string, int> MoreWords = new()
    {
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["thirty"] = 30,
        ["sixty"] = 60,
        ["seventy-two"] = 72,
        ["ninety"] = 90,
    };

    /// <summary>
    /// A promise, its number, and how it is worded where it stands: the file and a pattern whose first group is the
    /// number.
    /// </summary>
    public static TheoryData<string, int, string[]> Promises =>
        new()
        {
            {
                "working days until a researcher hears back",
                3,
                [
                    "documents/communication-plan.md|gets an answer within (\\w+) working days",
                    "documents/vulnerability-and-red-teaming.md|gets an answer within (\\w+) working days",
                    "documents/vulnerability-and-red-teaming.md|person answers within (\\w+) working days",
                    "draft/communication.yaml|answer within (\\w+) working days",
                ]
            },
            {
                "hours until customers concerned are told",
                24,
                [
                    "documents/incident-response.md|Customers concerned are told within (\\w+) hours",
                    "documents/communication-plan.md|first message to customers in exercises \\(at most (\\w+)",
                    "draft/communication.yaml|at the latest (\\w+) after we know",
                    "duties/customer-contracts.md|id: first-notice[\\s\\S]*?hours: (\\w+)",
                    "duties/gdpr-processor.md|id: notice[\\s\\S]*?hours: (\\w+)",
                ]
            },
            {
                "hours until the data-protection authority is told",
                72,
                [
                    "documents/incident-response.md|\\| (\\w+) hours after we know",
                    "documents/communication-plan.md|supervisor within (\\w+) hours",
                    "documents/privacy-and-personal-data.md|The (\\w+) hours count",
                    "draft/communication.yaml|A breach of personal data\", when: \"Within (\\w+) hours",
                    "draft/context.yaml|breach notices within (\\w+) hours",
                    "annex-a/A.5.5.md|\\((\\w+) hours under the GDPR",
                    "annex-a/A.5.25.md|GDPR's (\\w+) hours",
                    "courses/everyone.md|we have (\\w+) hours in Europe",
                    "courses/executives.md|goes to the authority within (\\w+) hours",
                    "duties/gdpr-art-33.md|id: notification[\\s\\S]*?hours: (\\w+)",
                ]
            },
            {
                "days until a serious incident of a high-risk system is reported",
                15,
                [
                    "documents/incident-response.md|At the latest (\\w+) days after we know",
                    "draft/communication.yaml|at the latest after (\\w+) days",
                ]
            },
            {
                "hours until the early warning under NIS2",
                24,
                [
                    "documents/incident-response.md|Warning in (\\w+) hours",
                    "duties/nis2-art-23.md|id: early-warning[\\s\\S]*?hours: (\\w+)",
                ]
            },
            {
                "hours until the notification under NIS2",
                72,
                [
                    "documents/incident-response.md|notification in (\\w+), final",
                    "duties/nis2-art-23.md|id: notification[\\s\\S]*?hours: (\\w+)",
                ]
            },
            {
                "minutes until the previous version serves again",
                10,
                [
                    "documents/model-lifecycle-and-release.md|going back takes at most (\\w+) minutes",
                    "documents/model-lifecycle-and-release.md|in the last exercise \\(at most (\\w+)\\)",
                    "documents/inference-continuity.md|previous version within (\\w+) minutes",
                    "documents/inference-continuity.md|previous version serves again \\(at most (\\w+)\\)",
                    "documents/change-management.md|go back within (\\w+) minutes",
                    "documents/backup-and-recovery.md|serves again within (\\w+) minutes",
                ]
            },
            {
                "days for which an earlier version can be brought back",
                90,
                [
                    "documents/model-lifecycle-and-release.md|be restored within (\\w+) days",
                    "documents/change-management.md|deployed again for (\\w+) days",
                    "documents/model-registry-access.md|after (\\w+) days",
                ]
            },
            {
                "days' notice before a version ends",
                30,
                [
                    "documents/change-management.md|Ending a version is announced (\\w+) days before",
                    "draft/communication.yaml|(\\w+) days' notice before a version ends",
                ]
            },
            {
                "minutes from a planted read of weights to the alarm",
                15,
                [
                    "documents/source-and-weights-protection.md|raises an alarm within (\\w+) minutes",
                    "documents/source-and-weights-protection.md|planted read to the alarm \\(at most (\\w+)",
                    "documents/logging-and-monitoring.md|weights read by anything but the pipelines \\| (\\w+) minutes",
                ]
            },
            {
                "hours until a critical weakness in software is fixed",
                48,
                [
                    "documents/vulnerability-and-red-teaming.md|read class 4 \\| (\\w+) hours, or it is switched off",
                    "courses/engineers.md|reachable from outside within (\\w+) hours",
                    "annex-a/A.8.8.md|deadline: (\\w+) hours for critical",
                ]
            },
            {
                "working days until what worked in an attack or incident is a test",
                5,
                [
                    "documents/vulnerability-and-red-teaming.md|attack set within (\\w+) working days",
                    "documents/incident-response.md|attack set within (\\w+) working days",
                ]
            },
            {
                "days until a newcomer has taken the first course",
                14,
                [
                    "documents/hr-security.md|course is due (\\w+) days after",
                    "documents/competence-and-awareness.md|class 3 data and within (\\w+) days",
                ]
            },
            {
                "days that a package must be old",
                7,
                [
                    "documents/asset-and-device-use.md|package version younger than (\\w+) days",
                    "documents/change-management.md|package version younger than (\\w+) days",
                ]
            },
            {
                "minutes until a screen locks",
                5,
                [
                    "documents/asset-and-device-use.md|locks after (\\w+) minutes",
                    "documents/remote-work.md|lock after (\\w+) minutes",
                    "documents/physical-security.md|Screens lock after (\\w+) minutes",
                ]
            },
            {
                "hours until keys that a supplier could read are replaced",
                24,
                [
                    "documents/supplier-security.md|Keys it could read are replaced within (\\w+) hours",
                    "documents/secrets-management.md|The provider reports a breach \\|[^|]*\\| (\\w+) hours",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Promises))]
    public void A_promise_has_one_number(string promise, int number, string[] places)
    {
        var found = places.Select(p => (Place: p, Numbers: Numbers(p.Split('|', 2)))).ToList();
        Assert.All(found, f => Assert.True(f.Numbers.Count > 0, $"{promise}: nothing stands at {f.Place} any more."));
        Assert.All(
            found,
            f =>
                Assert.True(
                    f.Numbers.TrueForAll(n => n == number),
                    $"{promise}: {f.Place} says {string.Join(", ", f.Numbers)} and not {number}."
                )
        );
    }

    [Fact]
    public void A_communication_is_due_as_often_as_its_words_say()
    {
        var days = new Dictionary<string, int>
        {
            ["Every week"] = 7,
            ["Every month"] = 30,
            ["Every quarter"] = 92,
            ["every half year"] = 182,
            ["twice a year"] = 182,
        };
        foreach (var entry in KnowledgeBase.Shipped.DraftedCommunications)
        foreach (var (words, every) in days.Where(d => entry.When.Contains(d.Key, StringComparison.OrdinalIgnoreCase)))
            Assert.True(entry.EveryDays == every, $"{entry.Id}: \"{entry.When}\" and every {entry.EveryDays} days");
    }

    private static List<int> Numbers(string[] place) =>
        [.. Regex.Matches(Text(place[0]), place[1]).Select(m => Number(m.Groups[1].Value))];

    private static int Number(string word)
    {
        if (int.TryParse(word, CultureInfo.InvariantCulture, out var number))
            return number;
        var index = Array.IndexOf(Words, word.ToLowerInvariant());
        return index >= 0 ? index : MoreWords[word.ToLowerInvariant()];
    }

    private static string Text(string file)
    {
        var assembly = typeof(KnowledgeBase).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.Replace('\\', '/') == $"content/{file}");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
