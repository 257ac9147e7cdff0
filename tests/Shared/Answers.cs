using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>The answers of a small company that tunes models on customers' data.</summary>
internal static class Answers
{
    public static JsonNode Json =>
        JsonNode.Parse(
            """
            {"name":"Acme AI","sector":"health","people":30,"countries":["eu"],"customers":["enterprise"],"asks":["iso27001"],"product":"Triage advice","serving":["api"],"ai-act-role":["provider"],"products":["Acme Triage: high-risk"],
             "models":["fine-tuned","third-party-api"],"base":["open-weights"],"modality":["text"],"model-names":["triage-7b"],"abilities":["agents","retrieval"],"data":["special","customers","labelled"],"dataset-names":["notes"],
             "repositories":["acme/training"],"code":"github","infrastructure":["aws","gpu-cloud"],"endpoints":["api.acme.test/v1"],"sandboxes":"in","suppliers":["Lumen"],
             "supplier-data":"yes","work":["office","remote"],"stage":"scaling","existing":["policies"],"deadline":"2027-06-30","budget":30000,"days":8,"expertise":"some"}
            """
        )!;

    public const string Yaml = """
        name: Acme AI
        sector: health
        people: 30
        countries: [eu]
        customers: [enterprise]
        product: Triage advice
        serving: [api]
        ai-act-role: [provider]
        products: ["Acme Triage: high-risk"]
        models: [fine-tuned]
        base: [open-weights]
        modality: [text]
        data: [customers]
        infrastructure: [aws]
        sandboxes: in
        supplier-data: "yes"
        work: [remote]
        stage: scaling
        budget: 30000
        days: 8
        expertise: some
        """;
}
