using Moat.Isms.Context.Interviews;

namespace Moat.Isms.Drafts;

/// <summary>Words a scope from the interview (clause 4.3).</summary>
internal sealed class ScopeText(InterviewAnswers answers, IReadOnlySet<string> flags)
{
    public string Statement()
    {
        var verbs = new List<string>();
        if (flags.Contains("trains-models")) verbs.Add("training");
        verbs.Add("development");
        if (flags.Contains("serves-api") || flags.Contains("serves-app")) verbs.Add("operation");
        if (flags.Contains("on-premises-delivery") || flags.Contains("releases-weights")) verbs.Add("delivery");
        return $"The {Join(verbs)} of {answers.One("product")?.TrimEnd('.')} by {answers.One("name")}, "
            + "including the models, the data they are made from, the pipelines that build them and the people who do it.";
    }

    public string Boundaries()
    {
        var lines = new List<string>
        {
            $"Organisation: all of {answers.One("name")} ({answers.One("people")} people){(flags.Contains("contractors") ? ", with its contractors" : "")}.",
            $"Infrastructure: {Join([.. answers.Labels("infrastructure")])}; the provider's own buildings and hypervisors are the provider's, and we check what it shows us.",
        };
        if (answers.All("repositories").Count > 0) lines.Add($"Code: {Join(answers.All("repositories"))} and what they build.");
        if (answers.All("model-names").Count > 0) lines.Add($"Models: {Join(answers.All("model-names"))}, from first experiment in scope to retirement.");
        if (answers.All("dataset-names").Count > 0) lines.Add($"Data: {Join(answers.All("dataset-names"))}, with labels, evaluation sets and what users send.");
        if (answers.All("endpoints").Count > 0) lines.Add($"Service: {Join(answers.All("endpoints"))}.");
        lines.Add(flags.Contains("office")
            ? "Places: our office, and homes for people who work remotely."
            : "Places: we have no office; work is done from homes on company devices.");
        return string.Join("\n", lines);
    }

    public string Exclusions()
    {
        var lines = new List<string>();
        if (answers.One("sandboxes") == "out")
            lines.Add("Notebooks and sandboxes are out of scope. Reason: they hold only public or synthetic data. Interface: nothing from the scope is copied into them, and nothing from them reaches production except through a reviewed merge; both must be shown.");
        if (flags.Contains("on-premises-delivery"))
            lines.Add("The customer's environment in which delivered models run is out of scope. Reason: the customer operates it. Interface: the signed release and its deployment guide.");
        if (flags.Contains("releases-weights"))
            lines.Add("Use of published weights by third parties is out of scope. Reason: we do not control it. Interface: the release decision, licence and model card.");
        if (flags.Contains("uses-model-api"))
            lines.Add("The inside of third-party model services is out of scope. Reason: the supplier operates it. Interface: contract, retention settings, and what we choose to send.");
        return lines.Count > 0
            ? string.Join("\n", lines)
            : "Nothing is left out. If that is not true, name it here with its reason and its interface to what is in.";
    }

    private static string Join(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "none",
        1 => words[0],
        _ => $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}",
    };
}
