using System.Text.Json.Nodes;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>A token in the output of a notebook: good for 41 minutes, used by nobody else.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] CredentialTeam = ["ivo", "emil", "jonas"];

    private async Task LeakedToken(CancellationToken ct)
    {
        var incident = await TokenFound(ct);
        var run = await CutToken(incident, ct);
        await ReplaceToken(incident, run, ct);
        await ReviewToken(incident, ct);
        await cast.Do("jonas", "incidents.close", new { @ref = incident }, ct);
    }

    private async Task<string> TokenFound(CancellationToken ct)
    {
        await On(270, hour: 14, ct: ct);
        await cast.Do(
            "ivo",
            "alerts.receive",
            new JsonObject { ["alerts"] = new JsonArray(TokenAlert(resolved: false)) },
            ct
        );
        var incident = (
            (Triaged)
                await cast.Do(
                    "ivo",
                    "alerts.triage",
                    new
                    {
                        @ref = await LastAlert(ct),
                        incident = true,
                        reason = "The token is real and was good for reading and writing models",
                        title = "A registry token in a training notebook",
                        lead = cast.People["ivo"],
                    },
                    ct
                )
        ).Incident!;
        await cast.Do(
            "ivo",
            "incidents.assess",
            new
            {
                @ref = incident,
                what = "Emil committed a notebook whose output held his token of the model registry. The repository is private, eleven people read it. The token was good for 41 minutes after the push.",
                confidentiality = true,
                occurredAt = Stamp(270, 13, 22),
                affects = await NamedAssets(["repositor", "registry"], ct),
                ruledOut = Words("personal-data", "customers", "significant", "serious-ai-incident", "death"),
            },
            ct
        );
        return incident;
    }

    private async Task<string> CutToken(string incident, CancellationToken ct)
    {
        var run = (
            (Done)await cast.Do("ivo", "playbook-runs.start", new { playbook = "leaked-credential", incident }, ct)
        ).Ref;
        await Walk(
            "ivo",
            run,
            new()
            {
                ["identify"] = (
                    null,
                    "Token of the model registry, Emil's, read and write, exposed from 13:22 to 14:03, inside the company only."
                ),
                ["severity"] = ("internal", "Medium: it could have changed a model, and the log shows who did what."),
                ["cut"] = ("now", "Revoked at the registry at 14:03. Emil's evaluation stopped, nobody else's work."),
                ["log-hold"] = (null, "Registry log of the day exported and kept."),
                ["other-places"] = (null, "No copy in images or chat. One fork, deleted."),
                ["foothold"] = (null, "No key, webhook or user was made with it."),
                ["damage"] = (
                    null,
                    "Eleven calls, all from Emil's machine. Nothing was read or written by anybody else."
                ),
            },
            ct
        );
        await cast.Do(
            "ivo",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "contained",
                how = "The token is revoked; the registry refuses it.",
                at = Stamp(270, 14, 3),
            },
            ct
        );
        return run;
    }

    private async Task ReplaceToken(string incident, string run, CancellationToken ct)
    {
        await On(271, hour: 10, ct: ct);
        await cast.Do(
            "ivo",
            "alerts.receive",
            new JsonObject { ["alerts"] = new JsonArray(TokenAlert(resolved: true)) },
            ct
        );
        await Walk(
            "ivo",
            run,
            new()
            {
                ["replace"] = (
                    null,
                    "Emil's evaluation runs with a token that is made at its start and lives an hour."
                ),
                ["block"] = (null, "Outputs of notebooks are stripped before a commit; a planted token was refused."),
            },
            ct
        );
        await cast.Do(
            "ivo",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "eradicated",
                how = "The notebook is cleaned from the history and the fork is deleted; a search over all repositories and images finds the token nowhere.",
            },
            ct
        );
        await cast.Do(
            "ivo",
            "playbook-runs.finish",
            new
            {
                @ref = run,
                result = "Revoked 41 minutes after the push, used by nobody else.",
                leftOutBecause = "Nobody outside has to be told and no machine was touched, so nothing is rebuilt. The review is held on its own day.",
            },
            ct
        );
        await On(271, hour: 15, ct: ct);
        await cast.Do(
            "ivo",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "recovered",
                how = "The night's evaluation ran with the new token, and nobody misses the old one.",
            },
            ct
        );
    }

    private async Task ReviewToken(string incident, CancellationToken ct)
    {
        await On(274, hour: 10, ct: ct);
        await cast.Do(
            "jonas",
            "incidents.review",
            new
            {
                @ref = incident,
                attendees = CredentialTeam.Select(k => cast.People[k]).ToList(),
                story = "A notebook printed its environment, the output was committed with it, and the scanner told us eight minutes later. The token could write models for 41 minutes.",
                whys = Words(
                    "The token stood in the notebook's output",
                    "The notebook reads the token from the environment and prints all of it when it fails",
                    "Tokens for notebooks are made by hand and live a year, so they are put where they are handy",
                    "The platform offers no token that ends by itself"
                ),
                cause = "exposed-secret",
                contributing = Words("Outputs are not stripped before a commit"),
                worked = "Secret scanning with a person behind it; the registry's log could show that nobody else used it.",
                failed = "Revoking took eleven minutes because only two people may do it.",
                lessons = new[]
                {
                    new
                    {
                        title = "Notebooks get tokens that live an hour",
                        text = "The platform makes them when a notebook starts and ends them with it.",
                        owner = cast.People["ivo"],
                    },
                },
            },
            ct
        );
    }
}
