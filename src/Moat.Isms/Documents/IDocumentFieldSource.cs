using Moat.Isms.Kernel;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Documents;

/// <summary>
/// Fills the fields of documents from the records of one process. Only what people adopted MUST be in them.
/// </summary>
[HandedIn]
public interface IDocumentFieldSource
{
    /// <summary>The most rows of a list; a document is no register.</summary>
    const int MostRows = 300;

    /// <summary>Sets the fields that come from the process.</summary>
    Task Fill(DocumentFields fields, DocumentNames names, CancellationToken ct);
}

/// <summary>Says who people are and what roles are called, as documents say it.</summary>
/// <param name="people">The names of people by id.</param>
/// <param name="roleTitle">The title of a role of the content by its key.</param>
public sealed class DocumentNames(IReadOnlyDictionary<Guid, string> people, Func<string, string> roleTitle)
{
    /// <summary>Who answers for something; asks who it is while nobody does.</summary>
    public string Name(Guid? person, string what) =>
        person is { } id
            ? people.GetValueOrDefault(id, "somebody who left")
            : Kernel.OpenText.Ask($"Who is it? {what} has nobody yet.");

    /// <summary>What a role is called.</summary>
    public string RoleTitle(string key) => roleTitle(key);
}
