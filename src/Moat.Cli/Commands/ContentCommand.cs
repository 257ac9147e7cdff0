using System.CommandLine;
using Moat.Knowledge;

namespace Moat.Cli.Commands;

/// <summary>Checks the knowledge that ships with the product.</summary>
internal static class ContentCommand
{
    public static Command Make()
    {
        var lint = new Command("lint", "Check every entry of the shipped knowledge");
        lint.SetAction(parsed =>
        {
            try
            {
                var knowledge = KnowledgeBase.Shipped;
                knowledge.CheckTexts();
                Console.WriteLine(
                    $"{knowledge.Controls.Count} controls, {knowledge.Clauses.Count} clauses, {knowledge.Threats.Count} threats, {knowledge.Roles.Count} roles, {knowledge.Objectives.Count} objectives, "
                        + $"{knowledge.Documents.Count} documents, {knowledge.Courses.Count} courses, {knowledge.Checks.Count} checks, {knowledge.Processes.Count} processes with {knowledge.Processes.Sum(p => p.Interactions.Count)} interactions, "
                        + $"{knowledge.Playbooks.Count} playbooks with {knowledge.Playbooks.Sum(p => p.Steps.Count)} steps, {knowledge.Duties.Count} duties, {knowledge.Mappings.Count} frameworks: no errors."
                );
                return 0;
            }
            catch (ContentError error)
            {
                Console.Error.WriteLine(error.Message);
                return 1;
            }
        });
        return new Command("content", "The knowledge that ships with the product") { lint };
    }
}
