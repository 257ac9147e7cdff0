using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;

namespace Moat.Isms.Drafts;

/// <summary>
/// Words a scope from the interview (clause 4.3). It says what was answered and nothing else; what only the company can
/// say stands in it as a question, and the scope cannot be approved before it is replaced.
/// </summary>
internal sealed class ScopeText(DraftBasis basis)
{
    private static readonly string[] Read =
    [
        "name",
        "people",
        "product",
        "serving",
        "models",
        "infrastructure",
        "repositories",
        "model-names",
        "dataset-names",
        "endpoints",
        "work",
        "sandboxes",
        "left-out",
        "all-in",
    ];

    private readonly InterviewAnswers _answers = basis.Answers;

    /// <summary>The answers that the scope was worded from.</summary>
    public IEnumerable<string> From => Read.Where(key => _answers.All(key).Count > 0);

    public string Statement()
    {
        var verbs = new List<string> { "development" };
        if (Is("trains-models"))
            verbs.Insert(0, "training");
        if (Is("serves-api") || Is("serves-app"))
            verbs.Add("operation");
        if (Is("on-premises-delivery") || Is("releases-weights"))
            verbs.Add("delivery");
        var models = Is("trains-models")
            ? "the models, the data they are made from, the pipelines that build them and the people who do it"
            : "the software, the data that passes through it and the people who build it";
        return $"The {Join(verbs)} of {Spoken(_answers.One("product")?.TrimEnd('.') ?? "")} by {_answers.One("name")}, including {models}.";
    }

    public string Boundaries()
    {
        var lines = new List<string>
        {
            $"Organisation: all of {_answers.One("name")} ({_answers.One("people")} {(_answers.One("people") == "1" ? "person" : "people")}){(Is("contractors") ? ", with its contractors" : "")}.",
            $"Infrastructure: {Join([.. _answers.Words("infrastructure")])}{(Is("cloud") || Is("gpu-cloud") ? "; the buildings and hypervisors of a provider are the provider's" : "")}.",
        };
        if (_answers.All("repositories").Count > 0)
            lines.Add($"Code: {Join(_answers.All("repositories"))} with everything that is built from there.");
        if (_answers.All("model-names").Count > 0)
            lines.Add($"Models: {Join(_answers.All("model-names"))}.");
        if (_answers.All("dataset-names").Count > 0)
            lines.Add($"Data: {Join(_answers.All("dataset-names"))}.");
        if (_answers.All("endpoints").Count > 0)
            lines.Add($"Service: {Join(_answers.All("endpoints"))}.");
        lines.Add($"Places: {Places()}");
        return string.Join("\n", lines);
    }

    public string Exclusions()
    {
        var lines = _answers.All("left-out").Select(line => $"{line.TrimEnd('.')}.").ToList();
        if (_answers.One("sandboxes") == "out")
            lines.Add(
                $"Notebooks and sandboxes are out of scope. Reason: {OpenText.Ask("Why may they be left out, such as: they hold only public data?")} Interface: {OpenText.Ask("What keeps data and code of the scope apart from them?")}"
            );
        if (Is("on-premises-delivery"))
            lines.Add(
                "The customer's environment in which the delivered product runs is out of scope. Reason: the customer operates it. Interface: the release that is delivered."
            );
        if (Is("releases-weights"))
            lines.Add(
                "Use of published weights by third parties is out of scope. Reason: we do not control it. Interface: the decision to release."
            );
        if (Is("uses-model-api"))
            lines.Add(
                "The inside of third-party model services is out of scope. Reason: the supplier operates it. Interface: the contract, and what we choose to send."
            );
        if (lines.Count > 0)
            return string.Join("\n", lines);
        return _answers.One("all-in") == "yes"
            ? "Nothing is left out."
            : OpenText.Ask("Is anything left out of the scope? If so, what, why, and how does it touch what is in?");
    }

    private string Places() =>
        (Is("office"), Is("remote-work")) switch
        {
            (true, true) => "our office, and the homes of people who work remotely.",
            (true, false) => "our office.",
            (false, true) => "we have no office; work is done from homes.",
            _ => OpenText.Ask("Where do people work?"),
        };

    private bool Is(string flag) => basis.Flags.Contains(flag);

    // A product begins with a capital because it was typed into its own field; a name or an abbreviation keeps it.
    private static string Spoken(string product) =>
        product.Length > 1 && product.Split(' ')[0].Skip(1).All(char.IsLower) && product.Contains(' ')
            ? char.ToLowerInvariant(product[0]) + product[1..]
            : product;

    private static string Join(IReadOnlyList<string> words) =>
        words.Count switch
        {
            0 => OpenText.Ask("What does it run on?"),
            1 => words[0],
            _ => $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}",
        };
}
