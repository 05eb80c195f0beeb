using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning;

public sealed class StartOverBudgetTests
{
    private static readonly Representation One = Version("\"1\"", 10);
    private static readonly Representation Two = Version("\"2\"", 10);

    [Fact]
    public void So_many_losses_are_allowed_and_no_more()
    {
        var budget = new StartOverBudget(2);
        Assert.True(budget.Allows(One, isStrong: true));
        budget = budget.WithLoss(StartOverReason.Changed);
        Assert.True(budget.Allows(One, isStrong: true));
        budget = budget.WithLoss(StartOverReason.NotResumable);
        Assert.False(budget.Allows(One, isStrong: true));
        Assert.Equal([StartOverReason.Changed, StartOverReason.NotResumable], budget.Reasons.AsEnumerable());
    }

    [Fact]
    public void No_loss_may_be_allowed_at_all() => Assert.False(new StartOverBudget(0).Allows(One, isStrong: true));

    // A server that shows two versions in turn would be followed for ever.
    [Fact]
    public void A_version_with_a_strong_validator_is_begun_only_once()
    {
        var budget = new StartOverBudget(100).WithBegun(One).WithBegun(Two);
        Assert.False(budget.Allows(One, isStrong: true));
        Assert.False(budget.Allows(Two, isStrong: true));
        Assert.True(budget.Allows(Version("\"3\"", 10), isStrong: true));
        Assert.True(budget.Allows(Version("\"1\"", 11), isStrong: true));
    }

    // What cannot be continued has to be begun again, until the budget is spent.
    [Fact]
    public void A_version_without_one_may_be_begun_again() =>
        Assert.True(new StartOverBudget(1).WithBegun(One).Allows(One, isStrong: false));

    [Fact]
    public void A_version_is_its_validators_and_length_whenever_and_as_whatever_it_came() =>
        Assert.False(new StartOverBudget(9).WithBegun(One).Allows(One with { Date = One.Date.AddDays(1), ContentType = "x/y" }, isStrong: true));

    [Fact]
    public void A_budget_is_a_value()
    {
        var budget = new StartOverBudget(1);
        budget.WithLoss(StartOverReason.Changed);
        budget.WithBegun(One);
        Assert.True(budget.Allows(One, isStrong: true));
        Assert.Empty(budget.Reasons);
    }

    private static Representation Version(string tag, long length) => new(new Validator { EntityTag = tag }, default, length, null);
}
