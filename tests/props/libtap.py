"""One line of TAP a check; `failed` counts those that do not hold."""
number = failed = 0


def ok(good, name, detail=''):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good and detail:
        print('\n'.join('# ' + line for line in str(detail).split('\n')))
