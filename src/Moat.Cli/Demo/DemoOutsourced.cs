namespace Moat.Cli.Demo;

/// <summary>What others do for the company, and how it sees that they do it well (8.1).</summary>
internal sealed partial class DemoStory
{
    private async Task NameOutsourced(CancellationToken ct)
    {
        var suppliers = await AllSuppliers(ct);
        string Of(string name) => suppliers.First(s => s.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).Ref;
        await Outsource(
            "Annotation of clinical notes",
            "process",
            Of("Labelforge"),
            "Two annotators agree on every record, and every batch is signed by the one who checked it.",
            "They work on our terminals in their own rooms; five records in a hundred are annotated again by us.",
            "Agreement per batch, on the data team's board each Monday",
            "dana",
            ct
        );
        await Outsource(
            "GPU time for training",
            "service",
            Of("Granite"),
            "A tenant of our own, encrypted volumes, no image that we did not build.",
            "Keys stay with us; a job starts only with our own identity; volumes are wiped by a job that we check.",
            "Report of the wipe job per run, access log of the tenant once a month",
            "ivo",
            ct
        );
    }

    private Task<object> Outsource(
        string title,
        string kind,
        string supplier,
        string criteria,
        string control,
        string seenBy,
        string owner,
        CancellationToken ct
    ) =>
        cast.Do(
            "jonas",
            "outsourced.create",
            new
            {
                title,
                kind,
                supplier,
                criteria,
                controlExercised = control,
                monitoredBy = seenBy,
                owner = cast.People[owner],
                reviewDays = 180,
            },
            ct
        );
}
