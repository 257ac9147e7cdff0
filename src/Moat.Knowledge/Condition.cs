using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Moat.Knowledge;

/// <summary>When something applies to a company, in terms of <see cref="Flags"/> that the interview derives.</summary>
public sealed record Condition(IReadOnlyList<string> Any, IReadOnlyList<string> All, IReadOnlyList<string> None)
{
    /// <summary>Applies to every company.</summary>
    public static Condition Always { get; } = new([], [], []);

    /// <summary>Whether it applies whatever the company is like.</summary>
    public bool IsAlways => Any.Count + All.Count + None.Count == 0;

    /// <summary>Whether it holds for a company with these flags.</summary>
    public bool Holds(IReadOnlySet<string> flags) =>
        (Any.Count == 0 || Any.Any(flags.Contains)) && All.All(flags.Contains) && !None.Any(flags.Contains);

    /// <summary>Which of the company's flags make it apply.</summary>
    public IEnumerable<string> Because(IReadOnlySet<string> flags) => Any.Concat(All).Where(flags.Contains);
}

internal sealed class ConditionYaml : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(Condition);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
            return scalar.Value == "always"
                ? Condition.Always
                : throw new YamlException(
                    scalar.Start,
                    scalar.End,
                    "A condition is 'always' or a map of any, all, none."
                );
        var lists = (Dictionary<string, List<string>>)rootDeserializer(typeof(Dictionary<string, List<string>>))!;
        var unknown = lists
            .Keys.Except(["any", "all", "none"])
            .Concat(lists.Values.SelectMany(v => v).Where(f => !Flags.All.Contains(f)));
        if (unknown.FirstOrDefault() is { } wrong)
            throw new YamlException($"Unknown word '{wrong}' in a condition.");
        return new Condition(
            lists.GetValueOrDefault("any", []),
            lists.GetValueOrDefault("all", []),
            lists.GetValueOrDefault("none", [])
        );
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("Content is read only.");
}

/// <summary>The facts about a company that content may depend on.</summary>
public static class Flags
{
    /// <summary>Every flag.</summary>
    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(
            (
                "trains-models trains-from-scratch fine-tunes uses-model-api uses-open-weights classical-ml has-agents has-rag serves-api "
                + "serves-app on-premises-delivery releases-weights personal-data special-category-data customer-data scraped-data licensed-data "
                + "crowd-labelled synthetic-data user-feedback notebooks office remote-work contractors outsourced-development byod own-hardware cloud gpu-cloud "
                + "eu us regulated-sector health finance public-sector-customers enterprise-customers consumers "
                + "uk switzerland us-california us-new-york ai-act-provider ai-act-deployer ai-act-high-risk ai-act-transparency ai-act-unclear gpai gpai-systemic "
                + "text vision speech tabular open-weights customers-fine-tune agents mcp-servers ai-assistants medical-device products-with-digital-elements "
                + "acts-physically health-data-us small-company"
            ).Split(' ')
        );
}

/// <summary>The kinds of assets that an AI company has.</summary>
public static class AssetKinds
{
    /// <summary>Slug and name of each kind.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            ["repository"] = "Repository",
            ["pipeline"] = "CI/CD pipeline",
            ["dataset"] = "Dataset",
            ["feature-store"] = "Feature or vector store",
            ["model"] = "Model",
            ["prompt"] = "Prompt or agent",
            ["endpoint"] = "Inference endpoint",
            ["training-environment"] = "Training environment",
            ["notebook"] = "Notebook or sandbox",
            ["bucket"] = "Bucket",
            ["saas"] = "SaaS",
            ["supplier-api"] = "Supplier API",
            ["identity-provider"] = "Identity provider",
            ["device-fleet"] = "Device fleet",
            ["office"] = "Office",
            ["team"] = "Team",
            ["other"] = "Something else",
        };
}
