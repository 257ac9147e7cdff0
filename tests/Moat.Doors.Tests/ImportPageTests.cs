using System.Net;
using System.Text;

namespace Moat.Tests;

/// <summary>Pages that take files show what of a file was not understood, and a refused one is read by hand.</summary>
public sealed class ImportPageTests(Site site)
{
    [Fact]
    public async Task The_page_of_a_directory_shows_what_was_not_understood_and_where_it_is_taken_back()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var page = await ada.GetStringAsync("/acme/collectors");
        using var taken = await ada.PostAsync(
            "/acme/collectors",
            Filled(
                page,
                "directory.import",
                "users.csv",
                "email,name,status\nimported@acme.test,Imported,Staged\n,Nobody,active\n"
            )
        );
        var shown = WebUtility.HtmlDecode(await taken.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Contains("Taken in: 1 account, 1 new, 0 changed, 0 gone", shown, StringComparison.Ordinal);
        Assert.Contains("'Staged' in row 2, column 'status' is not understood.", shown, StringComparison.Ordinal);
        Assert.Contains("Row 3 not taken. It does not name an account.", shown, StringComparison.Ordinal);
        var imports = WebUtility.HtmlDecode(await ada.GetStringAsync("/acme/imports"));
        Assert.Contains("users.csv", imports, StringComparison.Ordinal);
        Assert.Contains("Undo this import", imports, StringComparison.Ordinal);
    }

    private static MultipartFormDataContent Filled(string page, string operation, string name, string content)
    {
        var form = new MultipartFormDataContent();
        var hidden = Site.Form(page, ("_handler", operation)).ReadAsStringAsync().GetAwaiter().GetResult();
        foreach (var pair in hidden.Split('&').Select(p => p.Split('=')))
            form.Add(new StringContent(WebUtility.UrlDecode(pair[1])), WebUtility.UrlDecode(pair[0]));
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name);
        return form;
    }
}
