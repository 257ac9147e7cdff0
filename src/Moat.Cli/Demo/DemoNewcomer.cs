namespace Moat.Cli.Demo;

/// <summary>A data engineer joins: prepared before her first day, and one step is still to be closed.</summary>
internal sealed partial class DemoStory
{
    private async Task AnnounceNewcomer(CancellationToken ct)
    {
        await cast.Do(
            "mara",
            "people.create",
            new
            {
                name = "Greta Lund",
                email = DemoCast.Email("greta"),
                jobTitle = "Data engineer",
                department = "Data",
                manager = cast.People["dana"],
                joinedOn = Date(Days - 20),
            },
            ct
        );
        cast.People["greta"] = (await cast.Person("greta", ct)).Ref;
        await cast.Do(
            "mara",
            "people.checklist",
            new
            {
                @ref = cast.People["greta"],
                checklist = "joiner",
                on = Date(Days - 20),
            },
            ct
        );
    }

    private async Task WelcomeNewcomer(CancellationToken ct)
    {
        await CloseAction(
            "Keep the signed confidentiality agreement of Greta",
            "Signed on paper and kept with her contract.",
            ct
        );
        await CloseAction(
            "Finish the background checks of Greta",
            "Two references and the certificate of conduct, both without remarks.",
            ct
        );
        await On(Days - 20, ct: ct);
        await cast.Invite("greta", ct);
        await CloseAction(
            "Hand Greta Lund an encrypted",
            "Laptop CRV-0131, encrypted, in device management since this morning.",
            ct
        );
        await CloseAction(
            "Give Greta Lund access by group",
            "Groups of the data team: two repositories, tracker, read on the notes bucket.",
            ct
        );
        await CloseAction(
            "Turn on a phishing-resistant second factor for Greta",
            "Two keys, one of them in the safe.",
            ct
        );
        await On(Days - 18, ct: ct);
        await Acknowledge("greta", ct);
    }
}
