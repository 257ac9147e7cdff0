namespace Moat.Knowledge;

/// <summary>What a flag says about a company, to finish the sentence "because you …".</summary>
public static class FlagWords
{
    private const int MostNamed = 3;

    private static readonly Dictionary<string, string> Words = new()
    {
        ["trains-models"] = "train models",
        ["trains-from-scratch"] = "train from scratch",
        ["fine-tunes"] = "fine-tune a base model",
        ["uses-model-api"] = "call a third party's model",
        ["uses-open-weights"] = "use open weights",
        ["classical-ml"] = "use classical machine learning",
        ["has-agents"] = "let models call tools",
        ["has-rag"] = "answer from retrieved documents",
        ["serves-api"] = "serve an inference API",
        ["serves-app"] = "serve an application",
        ["on-premises-delivery"] = "deliver into customers' environments",
        ["releases-weights"] = "publish weights",
        ["personal-data"] = "hold personal data",
        ["special-category-data"] = "hold special categories of personal data",
        ["customer-data"] = "hold customers' data",
        ["scraped-data"] = "train on scraped data",
        ["licensed-data"] = "train on licensed data",
        ["crowd-labelled"] = "have data labelled outside",
        ["synthetic-data"] = "train on generated data",
        ["user-feedback"] = "learn from users' feedback",
        ["notebooks"] = "work in notebooks",
        ["office"] = "have an office",
        ["remote-work"] = "work from home",
        ["contractors"] = "work with contractors",
        ["outsourced-development"] = "have another company develop for you",
        ["byod"] = "use private devices",
        ["own-hardware"] = "run your own machines",
        ["cloud"] = "run in a public cloud",
        ["gpu-cloud"] = "rent GPUs",
        ["eu"] = "are active in the EU",
        ["us"] = "are active in the United States",
        ["regulated-sector"] = "sell into a regulated sector",
        ["health"] = "sell into health care",
        ["finance"] = "sell into finance",
        ["public-sector-customers"] = "sell to public bodies",
        ["enterprise-customers"] = "sell to enterprises",
        ["consumers"] = "sell to consumers",
        ["small-company"] = "are at most fifty people",
        ["uk"] = "are active in the United Kingdom",
        ["switzerland"] = "are active in Switzerland",
        ["us-california"] = "are active in California",
        ["us-new-york"] = "are active in New York",
        ["ai-act-provider"] = "provide an AI system under the EU AI Act",
        ["ai-act-deployer"] = "deploy somebody else's AI system in the EU",
        ["ai-act-high-risk"] = "have a product of the high-risk class of the EU AI Act",
        ["ai-act-transparency"] = "have a product that must say it is AI",
        ["ai-act-unclear"] = "do not know your role or risk class under the EU AI Act yet",
        ["gpai"] = "provide a general-purpose AI model",
        ["gpai-systemic"] = "provide a general-purpose AI model with systemic risk",
        ["text"] = "have models that work on text",
        ["vision"] = "have models that work on images or video",
        ["speech"] = "have models that work on speech or sound",
        ["tabular"] = "have models that work on tables or time series",
        ["open-weights"] = "use open weights",
        ["customers-fine-tune"] = "let customers fine-tune models",
        ["agents"] = "have agents in use",
        ["mcp-servers"] = "have MCP servers in use",
        ["ai-assistants"] = "work with AI assistants",
        ["medical-device"] = "make a medical device",
        ["products-with-digital-elements"] = "sell hardware or software that customers install",
        ["acts-physically"] = "build something whose output moves things",
        ["health-data-us"] = "hold patient records from the United States",
    };

    /// <summary>
    /// What has to become true of the company for a condition to hold: "have an office or run your own machines".
    /// </summary>
    public static string Once(Condition condition) =>
        string.Join(
            " or ",
            condition
                .Any.Concat(condition.All)
                .Take(MostNamed)
                .Select(f =>
                    Words
                        .GetValueOrDefault(f, f)
                        .Replace("your ", "our ", StringComparison.Ordinal)
                        .Replace("for you", "for us", StringComparison.Ordinal)
                )
        );

    /// <summary>The words for the flags, as the end of a sentence; empty for none.</summary>
    public static string Because(IEnumerable<string> flags)
    {
        var words = flags.Distinct().Select(f => Words.GetValueOrDefault(f, f)).Take(4).ToList();
        return words.Count switch
        {
            0 => "",
            1 => $"because you {words[0]}",
            _ => $"because you {string.Join(", ", words[..^1])} and {words[^1]}",
        };
    }
}
