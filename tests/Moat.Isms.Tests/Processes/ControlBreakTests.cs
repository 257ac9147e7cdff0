using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Processes.Flow;
using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about what has to be done for controls, and about checks that keep failing.</summary>
public sealed class ControlBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Steps_for_a_control_are_done_by_their_date(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("people.create", new { name = "Leo Leaver", email = "leo@acme.test" });
        await company.Do(
            "people.checklist",
            new
            {
                @ref = "PER-2",
                checklist = "leaver",
                on = Day(company, 0),
            }
        );
        await Evidence(company, days: 20);
        Pass(company, 10);
        await company.Do("evidence.keep-current", new { });
        var asked = (await NonconformityTests.Tasks(company)).Single(t => t.Purpose == "evidence");
        await company.Do(
            "thread.connect",
            new
            {
                from = Ref(
                    await company.Do(
                        "risks.plan-action",
                        new
                        {
                            @ref = "RISK-1",
                            title = "Turn long tokens off",
                            owner = "PER-1",
                            dueOn = $"{asked.DueOn:yyyy-MM-dd}",
                        }
                    )
                ),
                type = "serves",
                to = "CTL-1",
            }
        );
        Pass(company, asked.DueOn.DayNumber - Today(company).DayNumber);
        // The steps of a checklist are late by now; they treat no risk and serve no control.
        await Whole(company, "control-step-overdue", "action-overdue");

        // Asked about again every day, it still stays late.
        Pass(company, 1);
        await company.Do("evidence.keep-current", new { });
        await Missing(company, "control-step-overdue", asked.Ref);
        var action = Assert.Single((await Found(company, "action-overdue"))!.Records).Ref;
        await Missing(company, "control-step-overdue", action);
        await company.Do("tasks.complete", new { @ref = action, outcome = "Turned off on Friday." });
        await Evidence(company, days: 365);
        await company.Do("evidence.keep-current", new { });
        await Whole(company, "control-step-overdue", "action-overdue");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_control_that_is_claimed_for_a_month_and_shown_by_nothing_but_a_note_is_a_break(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("controls.edit", new { @ref = "A.8.4", implementation = "implemented" });
        var control = await company.Read(db => Task.FromResult(db.Set<Control>().First(c => c.Code == "A.8.4").Ref));
        await Note(company, days: 365);
        Pass(company, 29);
        await company.Do(
            "controls.edit",
            new { @ref = "A.8.4", howDone = "Another sentence does not begin the month anew." }
        );
        await Whole(company, "control-claimed");
        Pass(company, 2);
        await Missing(company, "control-claimed", control);
        await Whole(company, "evidence-ended");
        Assert.Equal(
            FlowState.Broken,
            ProcessMapTests.Between(await ProcessMapTests.Map(company), "control-operation", "monitoring").State
        );
        Assert.False(await NonconformityTests.Holds(company, "4.4", "process-links-flow"));
        var file = new
        {
            name = "protection.json",
            content = Convert.ToBase64String(
                "{\"reviewers\":2,\"branches\":[\"main\",\"release\"],\"bypass\":\"nobody\"}"u8.ToArray()
            ),
        };
        await company.Do(
            "evidence.add",
            new
            {
                title = "Settings of the repository",
                file,
                controls = new[] { "A.8.4" },
                periodFrom = Day(company, -30),
                periodTo = Day(company, 0),
                validDays = 90,
            }
        );
        await Whole(company, "control-claimed");
        await company.Do("controls.edit", new { @ref = "A.8.4", implementation = "partial" });
        Pass(company, 100);
        await Whole(company, "control-claimed", "evidence-ended");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_check_that_keeps_failing_is_decided_about_also_while_it_fails_again(string database)
    {
        await using var company = await Company.Found(database);
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "acme-weights",
                Kind = "bucket",
                CrownJewel = true,
            }
        );
        var question = await NonconformityTests.FailThreeTimes(company);
        Pass(company, question.DueOn.DayNumber - Today(company).DayNumber);
        await FactTests.Tell(company, FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":true}"""));
        await Whole(company, "failure-undecided");
        Pass(company, 1);
        await Missing(company, "failure-undecided", question.Ref);
        await company.Run<NonconformityProcess, RaiseFromTask, Done>(
            p => p.FromTask,
            new RaiseFromTask { Ref = question.Ref }
        );
        await Whole(company, "failure-undecided");
    }
}
