using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>A cookie whose account has another stamp ends within three seconds, also one that was just made.</summary>
public sealed class StampTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_young_cookie_that_is_asked_about_holds_no_longer_than_promised()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = await acme.SignedIn();
        await ChangeStamp(acme);
        await Task.Delay(TimeSpan.FromSeconds(2));
        using (var asked = await browser.GetAsync("/acme/assets"))
            Assert.True(asked.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{asked.StatusCode}");
        await Task.Delay(Promised - TimeSpan.FromSeconds(1));
        using var later = await browser.GetAsync("/acme/assets");
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    private static async Task ChangeStamp(Acme acme)
    {
        await using var scope = acme.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await accounts.FindByEmailAsync("ada@acme.test");
        Assert.True((await accounts.UpdateSecurityStampAsync(account!)).Succeeded);
    }
}
